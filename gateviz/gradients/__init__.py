"""The derivatives of a loss, or of one state, by every earlier state and input."""
