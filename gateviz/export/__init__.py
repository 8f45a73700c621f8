"""Files to take away: a trace as .npz, .csv or a table of text, and the stepping page as .html."""
