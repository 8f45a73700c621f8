"""What the page Under the hood is computed from, a module a part."""
