"""Every text of the app, in every language."""
