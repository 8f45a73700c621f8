"""A phone's header: pages, lessons and lecture mode side by side, each to be hit by a thumb and none over another."""

from itertools import pairwise

from playwright.sync_api import Locator, expect

from tests.browser.app_page import Visit

ON_TOP = """button => {
    const { left, top, width, height } = button.getBoundingClientRect();
    let found = document.elementFromPoint(left + width / 2, top + height / 2);
    while (found?.shadowRoot) found = found.shadowRoot.elementFromPoint(left + width / 2, top + height / 2);
    return button.contains(found);
}"""


def sides(button: Locator) -> tuple[float, float]:
    box = button.bounding_box()
    assert box is not None
    return box["x"], box["x"] + box["width"]


def test_no_button_lies_over_another(look: Visit) -> None:
    app = look(width=390, height=844)
    buttons = [
        app.page.locator("[data-testid=stExpandSidebarButton]"),
        app.page.locator(".bar [data-action=open]"),
        app.page.locator(".bar [data-action=lecture]:not(.leave)"),
    ]
    for width in (390, 360):
        app.resize(width, 844)
        assert all(button.evaluate(ON_TOP) for button in buttons)
        places = [sides(button) for button in buttons]
        assert all(end <= begin for (_, end), (begin, _) in pairwise(places))
        assert places[-1][1] <= width


def test_the_pages_open_close_and_lead_to_one_another(visit: Visit) -> None:
    page = visit(width=390, height=844).page
    page.locator("[data-testid=stExpandSidebarButton]").click()
    close = page.locator("[data-testid=stSidebarCollapseButton] button")
    page.wait_for_function(ON_TOP, arg=close.element_handle())  # it glides in, and the lessons do not lie over it
    close.click()
    expect(page.locator("[data-testid=stExpandSidebarButton]")).to_be_visible()
    page.locator("[data-testid=stExpandSidebarButton]").click()
    page.locator("[data-testid=stSidebarNavLink]").nth(1).click()
    page.wait_for_url("**/gradients*")
    expect(page.locator("[data-gateviz=saliency] .chart")).to_be_visible()
