"""Models that read a text and answer, and what they make of a text: readings, generated texts, poems."""
