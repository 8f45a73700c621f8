"""Texts: how they are tokenized, what models are trained on, and the baselines that models have to beat. No torch."""
