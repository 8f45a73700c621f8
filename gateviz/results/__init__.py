"""What comes back from a recording: traces, statistics, answers. Numpy only."""
