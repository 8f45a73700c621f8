"""Parts of pages: each is a `show(...) -> value` that owns its own state."""
