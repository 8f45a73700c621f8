"""Whether the browser whose page runs is connected."""

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx


def is_connected() -> bool:
    """False only in the run of a page whose socket has been closed; elsewhere there is nobody to be away."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or not runtime.exists():
        return True
    return runtime.get_instance().is_active_session(context.session_id)
