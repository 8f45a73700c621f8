"""How a loss, or one state, answers to every earlier state and input."""
