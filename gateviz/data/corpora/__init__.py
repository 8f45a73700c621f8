"""The texts that models are trained on: read from files, or generated from a seed. No torch."""
