"""Start the app: `streamlit run app.py`."""

from gateviz.app.main import main

main()
