"""What a visitor has chosen: the session, the address, the language."""
