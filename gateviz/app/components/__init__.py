"""Parts of pages: each has a function `show` that draws it, and the callbacks of its widgets."""
