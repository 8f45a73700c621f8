"""What is typed: the rules for texts, and what they are cut into. No torch."""
