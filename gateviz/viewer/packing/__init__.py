"""A picture as bytes for the viewer in the browser."""
