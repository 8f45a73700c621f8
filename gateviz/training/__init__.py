"""The training loop, its scores and its progress."""
