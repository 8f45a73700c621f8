"""Where the loss stands on the Gradients page: a click on a token, a link or a lesson puts it there."""

from gateviz.app.state import address
from gateviz.app.state.session import session


def place(text: str, steps: int) -> int:
    """The step of the loss, from 0, in a text of so many steps.

    In another text, or in the same text read in more or fewer steps, the loss stands at the last step, unless a new
    link says where.
    """
    before, steps_before = session.loss_of
    is_asked = session.link_is_new and session.loss_step is not None
    if not is_asked and (before != text or steps_before not in (steps, None)):
        session.loss_step = steps
    session.loss_of = (text, steps)
    asked = steps if session.loss_step is None else session.loss_step
    if not 1 <= asked <= steps:
        address.leave_out()
    session.loss_step = max(1, min(asked, steps))  # a click on a token comes from the browser and may be anything
    return session.loss_step - 1
