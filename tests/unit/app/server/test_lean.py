"""Plotly's script without what is not asked for: as Streamlit ships it, and as we found it to be written."""

import gzip
from pathlib import Path

import pytest
import streamlit as st

from gateviz.app.server.lean import UNUSED, lean

ONE, OTHER = UNUSED[0], UNUSED[1]
SCRIPT = (
    f'a=b({{"src/x.js"(e,t){{t.exports=1}}}}),c=b({{"{ONE}"(e,t){{t.exports="}}),"}}}}),'
    f'd=f({{"{OTHER}"(){{d=2}}}}),g=b({{"y.js"(){{}}}})'
)


def test_the_bodies_are_left_out_and_the_names_stay() -> None:
    found = lean(SCRIPT)
    assert found.startswith('a=b({"src/x.js"(e,t){t.exports=1}}),c=b({"')
    assert f'"{ONE}"(e,t){{t.exports=new Proxy(' in found
    assert f'd=f({{"{OTHER}"(){{}}}}),g=b({{"y.js"(){{}}}})' in found


@pytest.mark.parametrize("script", ["", "export default 1", f'c=b({{"{ONE}"(e,t){{t.exports=1}}}});'])
def test_what_is_written_otherwise_stays_as_it_is(script: str) -> None:
    assert lean(script) == script


def test_a_third_of_streamlits_script_goes_and_nothing_that_our_figures_draw() -> None:
    (path,) = (Path(st.__file__).parent / "static" / "static" / "js").glob("PlotlyChart.*.js")
    whole = path.read_text(encoding="utf-8")
    found = lean(whole)
    assert all(f'"{name}"(' in found for name in UNUSED)
    assert len(gzip.compress(found.encode())) < 0.68 * len(gzip.compress(whole.encode()))
    for trace in ("heatmap", "scatter", "bar", "histogram", "contour", "box"):
        module = f'"src/traces/{trace}/index.js"('
        assert module in found
        assert found[found.index(module) :][:200] == whole[whole.index(module) :][:200]
    assert found.splitlines()[-1][-200:] == whole.splitlines()[-1][-200:]
