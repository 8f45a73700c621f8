"""Texts and what is made of them: the rules for typed ones, vocabularies, training texts, n-grams. No torch."""
