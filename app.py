"""Start the app: `streamlit run app.py`. Streamlit looks in the text of this file for an `st.App` to serve."""

import streamlit as st

from gateviz.app.server import launch

app = st.App(launch.script(), lifespan=launch.warm, middleware=launch.middleware())
