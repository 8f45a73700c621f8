"""Models that read a text and answer: a sequence model, an encoder with a decoder, and what they write."""
