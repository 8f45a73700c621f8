"""The article under a page: its links set the picture, in place where only the cursor moves."""

from playwright.sync_api import expect

from gateviz.app.computed import articles
from tests.browser.app_page import Visit


def test_a_link_to_a_step_moves_the_cursor_and_loads_nothing(visit: Visit) -> None:
    app = visit("/?task=hometown")
    app.page.evaluate("window.isSamePage = true")
    found = app.page.locator("[data-gateviz=article]").get_by_role("link", name="Italy", exact=True)
    found.click()
    app.wait_for_step(21)
    assert app.page.evaluate("window.isSamePage") is True
    assert app.tokens()[21].strip() == "Italy"


def test_a_link_to_another_text_opens_its_picture_here_in_the_same_language(visit: Visit) -> None:
    app = visit("/?lang=zh")
    article = app.page.locator("[data-gateviz=article]")
    expect(article.locator("h2")).to_have_text(articles.article("step_through", "zh").title)
    article.get_by_role("link", name="说说现在在哪里工作").click()
    app.wait_for_text("我在法国长大。现在我在意大利工作。我会说流利的")
    expect(app.page.locator("html")).to_have_attribute("lang", "zh")
    assert len(app.page.context.pages) == 1


def test_the_other_page_has_an_article_of_its_own_and_a_way_to_the_gates(visit: Visit) -> None:
    app = visit("/gradients")
    article = app.page.locator("[data-gateviz=article]")
    expect(article.locator("h2")).to_have_text(articles.article("gradients", "en").title)
    article.get_by_role("link", name="The gates", exact=True).click()
    expect(app.viewer).to_have_attribute("data-step", "35")
    expect(article.locator("h2")).to_have_text(articles.article("step_through", "en").title)


def test_lecture_mode_has_no_article(visit: Visit) -> None:
    app = visit()
    app.page.keyboard.press("l")
    expect(app.page.locator("[data-gateviz=article]")).to_be_hidden()
