"""Other parts of a page move the viewer by events: a lesson sets step and unit, and points at what it speaks of."""

from playwright.sync_api import expect

from tests.browser.app_page import App, Visit

LIT = """root => {
  const parts = [...root.querySelectorAll("[data-panel] .lit")];
  const nameOf = (e) => e.dataset.node ?? e.dataset.curve ?? e.querySelector("[data-map]").dataset.map;
  return parts.map((e) => `${e.closest("[data-panel]").dataset.panel}:${nameOf(e)}`);
}"""


def lit(app: App) -> list[str]:
    """What is lit, as "cell:signal", in diagrams, curves and maps."""
    found: list[str] = app.viewer.evaluate(LIT)
    return sorted(found)


def test_an_event_goes_to_a_step_and_a_unit_and_lights_a_signal(look: Visit) -> None:
    app = look()
    app.go(step=9, unit=37, cell="lstm", highlight="forget_gate")
    assert app.step == 9
    assert app.unit == 37
    assert lit(app) == ["lstm:forget_gate"] * 4  # box and valve of the diagram, curve, map
    app.page.keyboard.press("ArrowRight")
    assert (app.step, len(lit(app))) == (10, 4)  # until the next event
    app.picture("highlight-1440-light")
    app.go(highlight="candidate")
    assert set(lit(app)) == {"lstm:candidate", "gru:candidate"}
    assert app.step == 10
    app.go(unit=None)
    assert lit(app) == []
    expect(app.viewer.locator("[data-option=all]")).to_have_attribute("aria-pressed", "true")


def test_a_wish_that_cannot_be_had_changes_nothing_and_a_step_beyond_the_end_is_the_last(look: Visit) -> None:
    app = look()
    step, unit = app.step, app.unit
    app.go(step="3", unit=10**6, cell="tpu", highlight="no_such_signal")
    assert (app.step, app.unit, lit(app)) == (step, unit, [])
    app.go(step=10**6)
    assert app.step == app.steps - 1


def test_the_viewer_tells_where_it_is(look: Visit) -> None:
    app = look()
    app.page.evaluate("window.told = []; addEventListener('gateviz:moved', (event) => told.push(event.detail))")
    app.page.keyboard.press("Home")
    app.viewer.locator("[data-token='4']").click()
    assert [told["step"] for told in app.page.evaluate("told")] == [0, 4]
