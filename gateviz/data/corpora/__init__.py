"""What is trained on: files of texts, and texts made by seed. No torch."""
