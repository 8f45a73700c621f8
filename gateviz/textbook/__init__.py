"""The equations to read: the cells by hand in NumPy, the conventions of the books, and conversion between them."""
