"""Plotly's script: a stand-in with its exports, the script without unused parts, and any other script as it is."""

import gzip
import re
from pathlib import Path

import pytest
import streamlit as st
from hypothesis import given, settings
from hypothesis import strategies as st_

from gateviz.app.server.plotly_script import UNUSED, is_known, is_plotly_script, late_path, stand_in, without_unused

(FILE,) = (Path(st.__file__).parent / "static" / "static" / "js").glob("PlotlyChart.*.js")
WHOLE = FILE.read_text(encoding="utf-8")
ONE, OTHER = UNUSED[0], UNUSED[1]
MODULES = [f'{chr(97 + place)}=b({{"{path}"(e,t){{t.exports={place}}}}})' for place, path in enumerate(UNUSED)]
SMALL = f'z=b({{"src/x.js"(e,t){{t.exports=1}}}}),{",".join(MODULES)},y=b({{"src/y.js"(){{}}}});export{{z as a}};'


def test_streamlits_script_is_the_one_that_we_know() -> None:
    """If not: it is sent whole and at once. Look at plotly_script.py again, then change KNOWN."""
    assert is_known(WHOLE)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (f"/static/js/{FILE.name}", True),
        (f"/static/js/late.{FILE.name}", False),
        ("/static/js/index.x.js", False),
        ("/static/js/PlotlyChart.css", False),
    ],
)
def test_the_script_is_told_by_its_name(path: str, expected: bool) -> None:
    assert is_plotly_script(path) is expected


@settings(max_examples=20, deadline=None)
@given(st_.sets(st_.integers(0, len(WHOLE)), min_size=2, max_size=2))
def test_an_altered_script_is_not_known(cuts: set[int]) -> None:
    first, second = sorted(cuts)
    start, middle, end = WHOLE[:first], WHOLE[first:second], WHOLE[second:]
    for text in (start + end, start + middle + middle + end, start + "," + middle + end):
        assert not is_known(text)


def test_the_stand_in_exports_what_the_script_exports() -> None:
    module = stand_in("PlotlyChart.x.js", "var a=1,b=2;export{a as PlotlyChart,b as default,c};\n")
    head, *exports = module.splitlines()[-4:]
    assert re.fullmatch(r'const whole = await import\("\./late\.PlotlyChart\.x\.js\?[0-9a-f]{8}"\);', head)
    assert exports == [
        "export const PlotlyChart = whole.PlotlyChart;",
        "export default whole.default;",
        "export const c = whole.c;",
    ]


@pytest.mark.parametrize("script", ["", "export default 1;", "export{a as b};var c=1"])
def test_a_script_that_ends_in_another_way_has_no_stand_in(script: str) -> None:
    assert stand_in("PlotlyChart.x.js", script) == script


def test_streamlits_script_has_a_stand_in_in_its_own_folder() -> None:
    module = stand_in(FILE.name, WHOLE)
    assert len(module) < 1000
    assert "export default whole.default;" in module
    assert late_path(f"/static/js/{FILE.name}") == f"/static/js/late.{FILE.name}"


def test_the_bodies_are_left_out_and_the_names_stay() -> None:
    found = without_unused(SMALL.replace(f'"{OTHER}"(e,t)', f'"{OTHER}"()'))
    assert f'"{ONE}"(e,t){{t.exports=new Proxy(' in found
    assert f'"{OTHER}"(){{}}}}),' in found, "an ES module has no exports object to fill"
    assert found.startswith('z=b({"src/x.js"(e,t){t.exports=1}}),')
    assert found.endswith('y=b({"src/y.js"(){}});export{z as a};')


@pytest.mark.parametrize("path", UNUSED)
def test_where_a_module_is_missing_or_there_twice_nothing_is_left_out(path: str) -> None:
    (module,) = (module for module in MODULES if path in module)
    for script in (SMALL.replace(module + ",", ""), SMALL.replace(module, f"{module},{module}"), ""):
        assert without_unused(script) == script


def test_where_no_module_follows_nothing_is_left_out() -> None:
    script = ",".join(MODULES) + ";export{a};"
    assert without_unused(script) == script


OTHERS = [f'n{place}=b({{"src/{place}.js"(e,t){{t.exports={place}}}}})' for place in range(6)]


@settings(deadline=None)
@given(st_.permutations([*MODULES, *OTHERS]))
def test_in_any_order_the_other_modules_keep_their_bodies(modules: list[str]) -> None:
    found = without_unused(",".join([*modules, 'y=b({"src/y.js"(){}});']))
    assert all(module in found for module in OTHERS)
    assert not any(module in found for module in MODULES)


def test_a_third_of_streamlits_script_goes_and_nothing_that_our_figures_draw() -> None:
    found = without_unused(WHOLE)
    assert all(f'"{name}"(' in found for name in UNUSED)
    assert len(gzip.compress(found.encode())) < 0.68 * len(gzip.compress(WHOLE.encode()))
    for trace in ("heatmap", "scatter", "bar", "histogram", "contour", "box"):
        module = f'"src/traces/{trace}/index.js"('
        assert module in found
        assert found[found.index(module) :][:200] == WHOLE[WHOLE.index(module) :][:200]
    assert found.splitlines()[-1][-200:] == WHOLE.splitlines()[-1][-200:]
