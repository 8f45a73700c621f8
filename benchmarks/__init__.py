"""What is fast, measured side by side, each row asserting first that both sides compute the same."""
