"""The page Under the hood: links, what stands on it for every task, and the sentences of a file."""

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates

from gateviz.app.state import available
from gateviz.app.state.address import PARTS
from gateviz.results.trace import CELLS
from tests.app.sentences import WORDS
from tests.app.visitor import Visitor


def on_the_page(**address: str) -> Visitor:
    student = Visitor({"task": "hometown", **address})
    return student.go_to("under_the_hood")


def opened(**address: str) -> Visitor:
    """As a link opens the page."""
    student = Visitor({"task": "hometown"})
    student.at.query_params.clear()
    student.at.query_params.update({"task": "hometown", **address})
    student.at.switch_page("gateviz/app/views/under_the_hood.py")._run(WidgetStates())
    return student


def test_the_page_opens_finished_and_says_where_it_is() -> None:
    student = on_the_page()
    student.assert_no_stack_trace()
    assert student.hood["part"] == PARTS[0]
    assert {name: student.address[name] for name in ("part", "cell", "form")} == {
        "part": PARTS[0], "cell": "lstm", "form": "pytorch",
    }  # fmt: skip
    assert student.go_to("gradients").address.keys().isdisjoint({"part", "cell", "form"})


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"part": "equation"}, {"part": "equations"}),
        ({"part": "parameter", "cell": "mlp"}, {"part": "parameters", "cell": "lstm"}),
        ({"cell": "lstm", "form": "chung"}, {"form": "pytorch"}),
        ({"form": "cudnn"}, {"form": "pytorch"}),
        ({"part": "x" * 5000}, {}),
    ],
)
def test_of_a_link_that_holds_nonsense_the_nearest_is_shown_and_the_page_says_so(
    said: dict[str, str], shown: dict[str, str]
) -> None:
    student = opened(**said)
    student.assert_no_stack_trace()
    assert {name: student.address[name] for name in shown} == shown
    assert WORDS("notice.link") in student.notices


def test_a_valid_link_opens_its_part() -> None:
    student = opened(part="equations", cell="gru", form="chung", step="2", unit="3")
    assert (student.hood["form"], student.hood["layer"]["cell"]) == ("chung", "gru")
    assert (student.address["step"], student.address["unit"]) == ("2", "3")
    assert student.notices == []


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_every_task_opens(part: str) -> None:
    student = opened(part=part)
    for task in available.models():
        student.at.selectbox(key="task").set_value(task).run()
        student.assert_no_stack_trace()
        assert student.hood["part"] == part
        assert student.hood["layer"]["cell"] in CELLS


def test_the_batch_is_of_the_uploaded_file() -> None:
    student = opened(part="shapes")
    student.upload(b"I grew up in Spain.\nI speak fluent\n")
    sentences = student.hood["batch"]["sentences"]
    assert sorted("".join(one["tokens"]) for one in sentences) == ["I grew up in Spain.", "I speak fluent"]
