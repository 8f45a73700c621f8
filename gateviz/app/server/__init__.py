"""All that serves the app and touches Streamlit's inside."""
