"""What a person types: the rules for texts, and the tokenizers that cut them into tokens. No torch."""
