"""All texts of pages, figures and exported files, in every language."""
