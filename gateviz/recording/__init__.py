"""A torch recurrent module in, a trace with every gate out."""
