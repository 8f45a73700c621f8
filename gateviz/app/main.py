"""The app's frame: page config, language, navigation, and the promise that no page ever shows a stack trace.

Nothing here waits for torch: the frame and the widgets are painted first, then the pages load the rest.
"""

from datetime import timedelta
from pathlib import Path

import streamlit as st

from gateviz import viewer
from gateviz.app.components import controls, lesson, notices
from gateviz.app.components.page_style import page_style
from gateviz.app.computed.turns import COMPUTING, RUNS
from gateviz.app.state import address
from gateviz.app.state.language import translator

VIEWS = Path(__file__).parent / "views"
PAGES = (
    ("step_through", ""),
    ("gradients", "gradients"),
    ("train", "train"),
    ("under_the_hood", "under-the-hood"),
)


def main() -> None:
    """Run the page that the address names, when it is its turn."""
    with RUNS.turn(), COMPUTING.lasting():
        _run()


def _run() -> None:
    st.set_page_config(page_title="gateviz", page_icon=str(viewer.IMAGES / "icon.svg"), layout="wide")
    notices.run(_draw, key="app_notice")


def _draw() -> None:
    controls.run_late_callbacks()
    address.read(lesson.card_ids())
    say = translator()
    st.html(f"<style>{page_style()}</style>")
    st.logo(str(viewer.IMAGES / "logo.svg"), size="large")
    pages = [
        st.Page(VIEWS / f"{name}.py", title=say(f"page.{name}"), url_path=path, default=not path)
        for name, path in PAGES
    ]
    page = st.navigation(pages, position="top")
    names = {path: name for name, path in PAGES}
    if wanted := lesson.arrive(names[page.url_path]):
        st.switch_page(pages[list(names.values()).index(wanted)])
    notices.show_failures(say)
    notices.run(page.run, key="page_notice")
    notices.run(lambda: lesson.show(say), key="lesson_notice")
    _stay_connected()


@st.fragment(run_every=timedelta(days=1))
def _stay_connected() -> None:
    """Have the browser ask for a run whenever it is connected again: the server may have forgotten the page by then.

    The browser does so by itself only for a page with a part that runs at intervals. This part draws nothing. Without
    it the first action after a restart of the server, or on a laptop that slept, would meet a session that knows
    neither the page nor its widgets.
    """
