"""A picture or a trace as a file."""
