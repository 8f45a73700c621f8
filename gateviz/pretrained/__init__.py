"""The models that ship: their cards, their files, and the tables that list them."""
