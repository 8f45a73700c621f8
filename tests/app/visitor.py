"""One student's session with the app, without a browser: what the pages got to show, as numbers and texts."""

import base64
import json
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest

from gateviz.app.state import available
from tests.packed import unpack, unpack_exact

PROJECT = Path(__file__).parents[2]
VIEWS = "gateviz/app/views"
TIMEOUT = 300  # s: the first run of a process imports torch, and the machine may be busy

Page = Literal["step_through", "gradients", "train", "under_the_hood"]


BOOK = "timemachine"


class Visitor:
    """A session on `app.py`, opened at an address: on The Time Machine, unless it names another task or is to be bare.

    What most tests say of a text holds for characters. A lesson's link names its task itself.
    """

    def __init__(
        self,
        address: dict[str, str] | None = None,
        *,
        locale: str = "en-GB",
        bare: bool = False,
        page: Page | None = None,
    ) -> None:
        self.at = AppTest.from_file(PROJECT / "app.py", default_timeout=TIMEOUT)
        here = not bare and BOOK in available.models() and "lesson" not in (address or {})
        self.at.query_params.update({**({"task": BOOK} if here else {}), **(address or {})})
        self.at.context["locale"] = locale
        if page:
            self.at.switch_page(f"{VIEWS}/{page}.py")
        self.at.run()

    def type(self, text: str) -> "Visitor":
        self.at.text_input(key="sentence").set_value(text).run()
        return self

    def choose(self, key: str, value: Any) -> "Visitor":
        self.at.segmented_control(key=key).set_value(value).run()
        return self

    def slide(self, key: str, value: float) -> "Visitor":
        self.at.slider(key=key).set_value(value).run()
        return self

    def upload(self, data: bytes, name: str = "sentences.txt") -> "Visitor":
        self.at.file_uploader(key="upload").set_value((name, data, "text/plain"))
        self.at.run()
        return self

    def go_to(self, page: Page) -> "Visitor":
        """As a browser does it: with an empty address, and without the values of the widgets of the page it leaves."""
        self.at.query_params.clear()
        self.at.switch_page(f"{VIEWS}/{page}.py")._run(WidgetStates())
        return self

    def trigger(self, key: str, event: str, value: Any) -> "Visitor":
        """Have a component of the page say something, as its script does it with setTriggerValue."""
        states = self.at._tree.get_widget_states()
        said = states.widgets.add(id=f"$$STREAMLIT_INTERNAL_KEY_{self.component(key).id}__events")
        said.json_trigger_value = json.dumps([{"event": event, "value": value}])
        self.at._run(states)
        return self

    def act_after_a_restart(self, *, page: Page = "step_through") -> "Visitor":
        """What becomes of the values that were set on this page and not sent yet, when the server has started anew.

        The browser still has the page. With the action it sends the values of all widgets to a session that is new.
        """
        other = object.__new__(type(self))
        other.at = AppTest.from_file(PROJECT / "app.py", default_timeout=TIMEOUT)
        other.at.query_params.update(self.address)
        other.at.context["locale"] = self.at.context["locale"]
        other.at._tree = self.at._tree  # AppTest finds there the files that have just been uploaded
        other.at.switch_page(f"{VIEWS}/{page}.py")._run(self.at._tree.get_widget_states())
        return other

    @property
    def sentence(self) -> str:
        """What stands in the text box."""
        return str(self.at.text_input(key="sentence").value)

    @property
    def notices(self) -> list[str]:
        """The sentences that are shown as plain text."""
        return [str(text.value) for text in self.at.text]

    @property
    def line(self) -> str:
        """The sentence over the gradients."""
        return str(self.strips["line"])

    def assert_no_stack_trace(self) -> None:
        assert not self.at.exception, self.at.exception
        assert not self.at.error, self.at.error
        assert not any("Traceback" in notice for notice in self.notices)

    @property
    def viewer(self) -> dict[str, Any]:
        """The header of what the viewer was sent."""
        return unpack(self.component("viewer").bytes)[0]

    @property
    def viewer_bytes(self) -> bytes:
        return bytes(self.component("viewer").bytes)

    @property
    def strips(self) -> dict[str, Any]:
        """What the Gradients page's coloured sentence was sent."""
        return self.data_of("saliency")

    def data_of(self, key: str) -> dict[str, Any]:
        """What a component was sent."""
        data: dict[str, Any] = json.loads(self.component(key).json)
        return data

    @property
    def hood(self) -> dict[str, Any]:
        """The header of what the page Under the hood was sent."""
        return unpack_exact(self.component("hood").bytes)[0]

    @property
    def film(self) -> dict[str, Any]:
        """What the film on the page Train was sent."""
        data: dict[str, Any] = json.loads(self.component("film_view").json)
        return data

    def component(self, key: str) -> Any:
        return self.at.get_by_key(key).proto

    @property
    def figures(self) -> dict[str, dict[str, Any]]:
        """Every chart on the page by its key, as Plotly gets it."""
        charts: list[Any] = list(self.at.get("plotly_chart"))
        return {chart.key: json.loads(chart.proto.spec) for chart in charts}

    @property
    def heatmaps(self) -> dict[str, dict[str, Any]]:
        """The figure of each architecture; its key names the numbers too."""
        return {key.split("_")[1]: figure for key, figure in self.figures.items() if key.startswith("maps_")}

    @property
    def sent(self) -> list[bytes]:
        """All that the browser gets of charts and components, as it is sent."""
        nodes: list[Any] = [*self.at.get("plotly_chart"), *self.at.get("bidi_component")]
        return [node.proto.SerializeToString() for node in nodes]

    @property
    def address(self) -> dict[str, Any]:
        return dict(self.at.query_params)


def numbers(array: Any) -> NDArray[np.float64]:
    """An array of a figure's JSON: a list, or base64 with its type and shape."""
    if isinstance(array, list):
        return np.array(array, dtype=np.float64)
    flat = np.frombuffer(base64.b64decode(array["bdata"]), dtype=np.dtype(array["dtype"]))
    shape = [int(size) for size in str(array.get("shape", flat.size)).split(",")]
    return flat.reshape(shape).astype(np.float64)
