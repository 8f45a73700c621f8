"""What the dialog offers: nothing until it is opened, then the files of the picture in hand, made when asked for."""

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import gateviz
from gateviz.app.components import take_away
from gateviz.i18n.translator import languages, load
from gateviz.models.view import View
from tests.app.visitor import Visitor
from tests.page_reader import Reader

TEXT = "He said so."
WORDS = load("en")
VIEW = View("timemachine", ("gru",), TEXT)


def opened(address: dict[str, str] | None = None) -> Visitor:
    visitor = Visitor({"text": TEXT, **(address or {})})
    visitor.at.session_state["take_away"] = True
    visitor.at.run()
    visitor.assert_no_stack_trace()
    return visitor


def sent(visitor: Visitor) -> dict[str, Any]:
    """What the dialog's component got."""
    data: dict[str, Any] = json.loads(visitor.component("take_away_link").json)
    return data


def test_nothing_is_made_before_the_dialog_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(take_away, "_show_files", lambda *_: pytest.fail("it is not open"))
    visitor = Visitor({"text": TEXT})
    visitor.assert_no_stack_trace()
    assert not visitor.at.get("download_button")


@pytest.mark.parametrize("language", languages())
def test_the_open_dialog_offers_three_files_and_a_figure_of_each_architecture(language: str) -> None:
    say = load(language)
    visitor = opened({"lang": language, "cells": "rnn,gru"})
    labels = [button.proto.label for button in visitor.at.get("download_button")]
    assert labels == [say(f"take.{kind}") for kind in ("html", "csv", "npz")]
    data = sent(visitor)
    assert data["cells"] == [["rnn", say("cell.rnn")], ["gru", say("cell.gru")]]
    assert data["texts"]["copy"] == say("take.copy")
    assert data["code"] is None, "the browser has not said yet what its address is"


def test_the_files_are_those_of_the_picture(tmp_path: Path) -> None:
    visitor = opened({"cells": "gru"})
    makers = take_away.files_of(VIEW)
    assert list(makers) == list(take_away.KINDS)
    trace = gateviz.load_pretrained("timemachine", "gru").trace(TEXT)
    (tmp_path / "x.npz").write_bytes(makers["npz"]())
    loaded = gateviz.load_trace(tmp_path / "x.npz")
    assert np.array_equal(loaded.layer(0)["update_gate"], trace.layer(0)["update_gate"])
    assert loaded.tokens == tuple(TEXT)
    assert len(makers["csv"]().decode("utf-8-sig").splitlines()) == 1 + len(TEXT) * 4
    assert base64.b64encode(visitor.viewer_bytes) in makers["html"]()


def test_the_page_begins_as_the_picture_stands_and_takes_nothing_else_from_the_browser() -> None:
    visitor = opened()
    said = {
        "step": 3,
        "unit": 5,
        "start": True,
        "whole": False,
        "order": "cluster",
        "colour": "x" * 60,
        "evil": "</script>",
    }
    visitor.at.session_state["take_away_link"] = {"link": "http://a/", "view": said}
    visitor.at.run()
    visitor.assert_no_stack_trace()
    kept = {"step": 3, "unit": 5, "whole": False, "order": "cluster"}
    makers = take_away.files_of(VIEW, kept)
    assert json.loads(Reader(makers["html"]().decode()).texts["page"])["view"] == kept
    visitor.at.session_state["take_away_link"] = {"view": "</script>"}
    visitor.at.run()
    visitor.assert_no_stack_trace()


HELD = {
    "hold": "gru.update_gate@3-:1,lstm.forget_gate:0,gru.candidate.200@1:other,gru.reset_gate.999:0",
    "other": "Yes.",
}


def test_the_files_have_what_is_held_and_the_lines_of_python_make_it(tmp_path: Path) -> None:
    visitor = opened({"cells": "gru", **HELD})
    first: dict[str, Any] = {}
    exec(sent(visitor)["python"], first)  # noqa: S102
    picture: dict[str, object] = dict(HELD)
    makers = take_away.files_of(VIEW, picture)
    (tmp_path / "x.npz").write_bytes(makers["npz"]())
    loaded = gateviz.load_trace(tmp_path / "x.npz")
    assert (loaded.layer(0)["update_gate"][0, 3:] == 1).all()
    assert np.array_equal(loaded.layer(0)["hidden_state"], first["trace"].layer(0)["hidden_state"])
    assert [clamp.signal for clamp in gateviz.load_clamps(tmp_path / "x.npz")] == ["update_gate", "candidate"]
    assert ",held," in makers["csv"]().decode("utf-8-sig").splitlines()[0]
    assert json.dumps(HELD["hold"]).encode() in makers["html"]()
    picture.clear()
    (tmp_path / "x.npz").write_bytes(makers["npz"]())
    assert gateviz.load_clamps(tmp_path / "x.npz") == (), "what is held is read when the file is made"


def test_the_browser_says_what_is_held_now() -> None:
    visitor = opened({"cells": "gru,lstm", "hold": "gru.update_gate:1"})
    assert sent(visitor)["python"].count("load_pretrained") == 1
    visitor.at.session_state["take_away_link"] = {"view": {"step": 1, "hold": "gru.reset_gate:0,lstm.input_gate:0"}}
    visitor.at.run()
    lines = sent(visitor)["python"]
    assert (lines.count("load_pretrained"), "update_gate" in lines) == (2, False)
    for view in ({"step": 1}, {"hold": "lstm.forget_gate"}, {"hold": 3}, {"hold": "gru.candidate:other", "other": " "}):
        visitor.at.session_state["take_away_link"] = {"view": view}
        visitor.at.run()
        visitor.assert_no_stack_trace()
        assert sent(visitor)["python"] is None


def test_the_code_is_of_the_link_that_the_browser_names() -> None:
    visitor = opened()
    visitor.at.session_state["take_away_link"] = {"link": "http://a/?text=b&step=3"}
    visitor.at.run()
    code = sent(visitor)["code"]
    assert code["link"] == "http://a/?text=b&step=3"
    assert code["path"].startswith("M0 0h7")
    visitor.at.session_state["take_away_link"] = {"link": "http://a/?text=" + "b" * 1200}
    visitor.at.run()
    assert "path" not in sent(visitor)["code"]
