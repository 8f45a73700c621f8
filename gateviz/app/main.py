"""The app's frame: page config, language, navigation, and the promise that no page ever shows a stack trace.

Nothing here waits for torch: the frame and the widgets are painted first, then `gateviz.app.cache` loads the rest.
"""

from functools import cache
from pathlib import Path

import streamlit as st

from gateviz import viewer
from gateviz.app.components import lesson, notices
from gateviz.app.state import address
from gateviz.app.state.language import translator

VIEWS = Path(__file__).parent / "views"
PAGES = (("step_through", ""), ("gradients", "gradients"))
CHOICES = (
    "task", "sentence", "cells", "language", "layer", "direction", "trained",
    "loss_step", "weights", "norms", "forget_bias",
)  # fmt: skip


def main() -> None:
    """Run the page that the address names."""
    st.set_page_config(page_title="gateviz", page_icon=str(Path(__file__).with_name("icon.svg")), layout="wide")
    address.read()
    say = translator()
    st.html(f"<style>{page_style()}</style>")
    st.logo(str(Path(__file__).with_name("logo.svg")), size="large")
    pages = [
        st.Page(VIEWS / f"{name}.py", title=say(f"page.{name}"), url_path=path, default=not path)
        for name, path in PAGES
    ]
    page = st.navigation(pages, position="top")
    names = {path: name for name, path in PAGES}
    if wanted := lesson.arrive(names[page.url_path]):
        st.switch_page(pages[list(names.values()).index(wanted)])
    _keep_choices(page.url_path)
    notices.run(page.run, say)
    notices.run(lambda: lesson.show(say), say)


def _keep_choices(page: str) -> None:
    """Carry what was chosen on one page to the next.

    Streamlit forgets a widget's value when a page without the widget runs, unless a script has set it since.
    """
    state = st.session_state
    if state.get("_page") != page:
        state["_page"] = page
        for key in CHOICES:
            if key in state:
                state[key] = state[key]


@cache
def page_style() -> str:
    """The style sheets of the page around the viewer."""
    names = ("page", "icons", "shell", "lecture")
    own = [(Path(__file__).parent / "styles" / f"{name}.css").read_text(encoding="utf-8") for name in names]
    return "".join(own) + viewer.styles("overlay")


if __name__ == "__main__":
    main()
