"""The models that ship: their cards, where they lie, and how they are read and written."""
