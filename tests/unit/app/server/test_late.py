"""The module that stands in for a script has its exports, and imports it in the end."""

from pathlib import Path

import pytest
import streamlit as st

from gateviz.app.server.late import is_late, path_of, stand_in


def test_the_stand_in_exports_what_the_script_exports() -> None:
    module = stand_in("PlotlyChart.x.js", "var a=1,b=2;export{a as PlotlyChart,b as default,c};\n")
    assert module
    assert module.splitlines()[-4:] == [
        'const whole = await import("./late.PlotlyChart.x.js");',
        "export const PlotlyChart = whole.PlotlyChart;",
        "export default whole.default;",
        "export const c = whole.c;",
    ]


@pytest.mark.parametrize("script", ["", "export default 1;", "export{a as b};var c=1"])
def test_a_script_that_ends_otherwise_has_no_stand_in(script: str) -> None:
    assert stand_in("PlotlyChart.x.js", script) is None


def test_streamlits_own_script_ends_as_is_thought() -> None:
    scripts = list((Path(st.__file__).parent / "static" / "static" / "js").glob("*.js"))
    (late,) = (file for file in scripts if is_late(f"/static/js/{file.name}"))
    assert "export default" in (stand_in(late.name, late.read_text(encoding="utf-8")) or "")
    assert path_of(f"/static/js/{late.name}") == f"/static/js/late.{late.name}"
