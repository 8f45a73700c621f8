"""One file a page: Streamlit runs it from top to bottom at each interaction."""
