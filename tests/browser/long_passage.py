"""A text of 2,000 characters, and a link to it."""

from urllib.parse import quote

SENTENCE = "The Time Traveller (for so it will be convenient to speak of him) was expounding a recondite matter to us. "
TEXT = (SENTENCE * 20)[:2000]
LINK = f"/?task=timemachine&text={quote(TEXT)}"
