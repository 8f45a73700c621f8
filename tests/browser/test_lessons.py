"""A class goes through the lessons: the picture follows, the answer is the model's, and lecture mode fills it."""

import pytest
from playwright.sync_api import Locator, expect

import gateviz
from gateviz.app.computed.lesson_facts import Facts
from gateviz.app.computed.lesson_files import lessons
from tests.browser.app_page import App, Visit

CARDS = {card.id: card for lesson in lessons("en") for card in lesson.cards}
FORGET = CARDS["4.4"]


def panel(app: App) -> Locator:
    return app.page.locator("[data-gateviz=lesson] .panel")


def wait_for_card(app: App, card: str) -> None:
    expect(panel(app)).to_have_attribute("data-lesson", card)
    app.settle()


def facts_on(place: Locator) -> dict[str, float]:
    return {
        str(fact.get_attribute("data-fact")): float(fact.get_attribute("data-value") or "nan")
        for fact in place.locator(".fact:not(.token)").all()
    }


def test_the_lessons_are_at_hand_and_the_first_card_sets_the_picture(visit: Visit) -> None:
    app = visit()
    assert panel(app).count() == 0, "a newcomer sees the picture first"
    app.page.locator("[data-action=open]").click()
    wait_for_card(app, "1.1")
    app.wait_for_text(CARDS["1.1"].scene.text)
    app.wait_for_step(CARDS["1.1"].scene.step)
    app.wait_for_address("lesson=1.1")
    app.picture("lesson-1440-light")
    app.page.keyboard.press("n")
    wait_for_card(app, "1.2")
    expect(app.viewer.locator("svg[data-cell]")).to_have_count(1)
    expect(app.viewer.locator("svg[data-cell=lstm] .lit")).not_to_have_count(0)  # what the card speaks of
    expect(app.viewer.locator("select[data-option=colour]")).to_have_value("lstm:forget_gate")


def test_keys_turn_the_cards_and_typing_never_does(visit: Visit) -> None:
    app = visit("/?lesson=2.1")
    for key, card in (("n", "2.2"), ("PageDown", "2.3"), ("p", "2.2"), ("PageUp", "2.1")):
        app.page.keyboard.press(key)
        wait_for_card(app, card)
    box = app.page.locator(".st-key-sentence input")
    box.fill("")
    for key in "npl?1":
        box.press(key)
    assert box.input_value() == "npl?1", "each key was the box's"
    assert not app.page.evaluate("'gatevizLecture' in document.documentElement.dataset")
    assert panel(app).get_attribute("data-lesson") == "2.1"


def test_an_answer_is_the_models_own_and_the_class_may_be_wrong(visit: Visit) -> None:
    app = visit("/?lesson=4.4")
    scene, question = FORGET.scene, FORGET.question
    assert question
    assert scene.then is not None
    app.wait_for_step(scene.step)
    assert app.unit == scene.unit
    facts = Facts(scene)
    holds = [facts.holds(condition) for condition, _ in question.choices]
    assert panel(app).locator(".answer").inner_text() == ""
    app.page.keyboard.press(str(holds.index(False) + 1))
    choices = panel(app).locator(".choice")
    expect(choices.nth(holds.index(True))).to_have_class("button choice right")
    expect(choices.nth(holds.index(False))).to_have_class("button choice wrong")
    app.wait_for_step(scene.then)
    layer = gateviz.load_pretrained("timemachine", "lstm").trace(scene.text).layer(0)
    gate, state = (layer[name][0, scene.then, scene.unit] for name in ("forget_gate", "cell_state"))
    told = facts_on(panel(app).locator(".answer"))
    assert told["lstm.forget_gate[unit]@then"] == pytest.approx(gate, rel=1e-4)
    assert told["lstm.cell_state[unit]@then"] == pytest.approx(state, rel=1e-4)
    shown = app.number(f".curve [data-cell=lstm][data-signal=forget_gate][data-unit='{scene.unit}']")
    assert shown == pytest.approx(told["lstm.forget_gate[unit]@then"], rel=1e-3), "the lesson and the picture agree"
    app.picture("lesson-answered-1440-light")


def test_every_number_of_a_card_is_what_the_library_computes(visit: Visit) -> None:
    app = visit("/?lesson=4.3")
    facts = Facts(CARDS["4.3"].scene)
    told = facts_on(panel(app).locator(".body"))
    assert len(told) >= 4
    for fact, value in told.items():
        assert value == pytest.approx(facts.value(fact), rel=1e-4)


def test_the_language_is_switched_in_the_middle_and_everything_stays(visit: Visit) -> None:
    app = visit("/?lesson=4.4")
    app.page.keyboard.press("3")
    app.wait_for_step(18)
    app.page.keyboard.press("ArrowRight")
    app.speak("zh")
    expect(panel(app).locator("h2")).to_have_text("遗忘门")
    assert panel(app).locator(".choice.right").count() == 1, "the answer given is still there"
    app.wait_for_step(19)
    assert app.unit == 197


def test_leaving_brings_back_ones_own_sentence_and_step(visit: Visit) -> None:
    app = visit()
    app.type("My own words.")
    app.viewer.locator("[data-token='5']").click()
    app.wait_for_address("step=5")
    app.page.locator("[data-action=open]").click()
    wait_for_card(app, "1.1")
    app.wait_for_text(CARDS["1.1"].scene.text)
    app.page.locator("[data-action=close]").click()
    app.wait_for_text("My own words.")
    app.wait_for_step(5)
    expect(panel(app)).to_have_count(0)
    app.page.wait_for_function("() => !location.search.includes('lesson')")


def test_a_card_on_gradients_goes_there_and_back(visit: Visit) -> None:
    app = visit("/?lesson=8.1")
    app.page.keyboard.press("n")
    app.page.wait_for_url("**/gradients**")
    expect(panel(app)).to_have_attribute("data-lesson", "8.2")
    expect(app.strips).to_have_attribute("data-loss-step", "66")
    app.page.locator("[data-gateviz=lesson] [data-action=previous]").click()
    expect(panel(app)).to_have_attribute("data-lesson", "8.1")
    app.viewer.wait_for()


def test_lecture_mode_leaves_the_sentence_the_cells_the_guesses_and_one_gates_maps(visit: Visit) -> None:
    app = visit(width=1920, height=1080)
    small = app.viewer.locator(".token").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    step = app.step
    app.page.keyboard.press("l")
    for hidden in ("[data-testid=stHeader]", ".st-key-controls"):
        expect(app.page.locator(hidden)).to_be_hidden()
    for hidden in (".transport", ".options"):
        expect(app.viewer.locator(hidden)).to_be_hidden()
    for cell in ("rnn", "lstm", "gru"):
        assert app.viewer.locator(f"svg[data-cell={cell}]").is_visible()
        box = app.viewer.locator(f"[data-panel={cell}] .verdict").bounding_box()
        assert box
        assert box["y"] + box["height"] <= 1080, "all of it is on the screen"
        shown = app.viewer.locator(f"[data-maps={cell}] [data-map]:visible")
        expect(shown).to_have_count(1)
        expect(shown).to_have_attribute(
            "data-map", {"rnn": "hidden_state", "lstm": "forget_gate", "gru": "update_gate"}[cell]
        )
    for figure in app.page.locator("[class*=st-key-maps_]").all():
        expect(figure).to_have_css("visibility", "hidden")
    assert app.viewer.locator(".token").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") > 1.5 * small
    assert app.page.evaluate("document.querySelector('.stMain').scrollWidth") <= 1920
    app.page.keyboard.press("ArrowRight")
    app.page.keyboard.press("PageDown")
    app.wait_for_step(step + 2)
    assert "lecture=1" in app.page.url
    app.picture("lecture-1920-light")
    app.page.keyboard.press("Escape")
    expect(app.page.locator(".st-key-controls")).to_be_visible()
    assert "lecture" not in app.page.url
    assert app.step == step + 2


def test_a_link_opens_in_lecture_mode_on_both_pages_and_a_click_leaves_it(visit: Visit) -> None:
    app = visit(width=1280, height=720)
    for path in ("/?lecture=1", "/gradients?lecture=1"):
        app.page.goto(app.server + path)
        expect(app.page.locator("[data-testid=stHeader]")).to_be_hidden()
        expect(app.page.locator("[data-gateviz=viewer], [data-gateviz=saliency]").first).to_be_visible()
        assert app.page.evaluate("document.querySelector('.stMain').scrollWidth") <= 1280
        app.page.locator("[data-gateviz=lesson] .leave").click()
        expect(app.page.locator("[data-testid=stHeader]")).to_be_visible()


def test_a_question_mark_shows_the_keys(visit: Visit) -> None:
    app = visit(locale="zh-CN")
    app.page.keyboard.press("?")
    dialog = app.page.locator("[data-gateviz=lesson] dialog")
    expect(dialog).to_be_visible()
    assert "讲课模式" in dialog.inner_text()
    app.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_on_a_phone_the_card_is_a_sheet_and_nothing_overflows(visit: Visit) -> None:
    app = visit("/?lesson=4.4", width=390, height=844, has_touch=True)
    sheet = panel(app).bounding_box()
    bar = app.viewer.locator(".bar").bounding_box()
    assert sheet
    assert bar
    assert sheet["width"] == 390
    assert sheet["y"] > 844 * 0.4, "the picture is still to be seen"
    assert sheet["y"] + sheet["height"] >= bar["y"], "and the transport stands below it"
    assert app.page.evaluate("document.querySelector('.stMain').scrollWidth") <= 390
    panel(app).locator(".choice").nth(2).tap()
    expect(panel(app).locator(".answer")).to_be_in_viewport()
    app.picture("lesson-390-light")


def test_on_a_phone_the_boxes_and_the_language_are_a_swipe_above_the_picture(visit: Visit) -> None:
    app = visit("/?lesson=4.4", width=390, height=844, has_touch=True)
    diagram = app.page.locator("svg[data-cell=lstm]")
    app.page.wait_for_function("document.querySelector('.stMain').scrollTop > 0")
    sheet = panel(app).bounding_box()
    place = diagram.bounding_box()
    assert sheet
    assert place
    assert place["y"] >= 60
    assert place["y"] + place["height"] <= sheet["y"], "the picture stands between the header and the card"
    app.page.locator(".stMain").evaluate("page => page.scrollTo(0, 0)")
    language = app.page.locator(".st-key-language")
    box = language.bounding_box()
    assert box
    assert box["y"] + box["height"] <= sheet["y"]
    language.get_by_text("中文").click()
    expect(panel(app)).to_contain_text("遗忘门")
    app.settle()
    assert app.step == 17
    assert language.bounding_box() == box, "the page stays where it was scrolled to"
    for key in ("sentence", "task", "upload"):
        assert app.page.locator(f".st-key-{key}").is_visible()
    app.picture("lesson-boxes-390-light")
    next_card = panel(app).locator("[data-action=next]")
    next_card.click()
    app.page.wait_for_function("document.querySelector('.stMain').scrollTop > 0")


@pytest.mark.parametrize(("width", "language"), [(1440, "en"), (1280, "en"), (1280, "zh")])
def test_beside_a_card_no_choice_of_the_gradients_page_is_cut_off(visit: Visit, width: int, language: str) -> None:
    app = visit(f"/gradients?lesson=8.2&lang={language}", width=width)
    expect(panel(app)).to_be_visible()
    row = app.page.locator(".st-key-settings").bounding_box()
    assert row
    for key in ("part", "gradient_view", "norms"):
        last = app.page.locator(f".st-key-{key} button").last.bounding_box()
        assert last
        assert last["x"] + last["width"] <= row["x"] + row["width"] + 0.5, key


def test_a_question_hides_the_future_until_it_is_answered(visit: Visit) -> None:
    app = visit("/?lesson=1.4")
    scene = CARDS["1.4"].scene
    assert scene.then is not None
    app.wait_for_step(scene.step)
    veil = app.viewer.locator("[data-maps=lstm] .gateviz-veil")
    expect(veil).to_be_visible()
    maps = app.viewer.locator("[data-maps=lstm] .map-cursor-bracket").bounding_box()
    covered = veil.bounding_box()
    assert maps
    assert covered
    assert covered["x"] == pytest.approx(maps["x"] + maps["width"], abs=2.5), "right of the cursor"
    expect(app.viewer.locator(".curves .gateviz-veil")).to_be_visible()
    expect(app.viewer.locator(".opening-words")).not_to_be_visible()
    for told in (".ending-said", ".timeline"):
        expect(app.viewer.locator(told).first).not_to_be_visible()
    app.page.keyboard.press("1")
    app.wait_for_step(scene.then)
    expect(veil).to_be_hidden()
    for told in (".ending-said", ".timeline"):
        expect(app.viewer.locator(told).first).to_be_visible()


def test_a_card_without_a_question_and_the_way_out_veil_nothing(visit: Visit) -> None:
    app = visit("/?lesson=1.1")
    expect(app.viewer).to_have_attribute("data-veiled", "")
    app.page.keyboard.press("n")
    wait_for_card(app, "1.2")
    expect(app.viewer).not_to_have_attribute("data-veiled", "")
    app.page.keyboard.press("n")
    wait_for_card(app, "1.3")
    expect(app.viewer).to_have_attribute("data-veiled", "")
    app.page.locator("[data-action=close]").click()
    expect(app.viewer).not_to_have_attribute("data-veiled", "")
    expect(app.viewer.locator(".opening-words")).to_be_visible()
    expect(app.page.locator(".gateviz-veil").first).to_be_hidden()


def test_in_lecture_mode_the_question_stays_as_a_strip_and_is_answered_by_its_key(visit: Visit) -> None:
    app = visit("/?lesson=1.1", width=1920, height=1080)
    card = CARDS["1.1"]
    assert card.question
    strip = app.page.locator("[data-question='1.1']")
    expect(strip).to_be_hidden()
    app.page.keyboard.press("l")
    expect(strip).to_be_visible()
    expect(panel(app)).to_be_hidden()
    box = strip.bounding_box()
    assert box
    assert box["y"] + box["height"] == pytest.approx(1080, abs=1)
    expect(strip.locator(".choice")).to_have_count(len(card.question.choices))
    facts = Facts(card.scene)
    right = [facts.holds(condition) for condition, _ in card.question.choices].index(True)
    app.page.keyboard.press(str(right + 1))
    expect(strip.locator(".choice").nth(right)).to_have_class("button choice right")
    told = facts_on(strip.locator(".answer"))
    assert told["lstm.chance[1]@then"] == pytest.approx(facts.value("lstm.chance[1]@then"), rel=1e-4)
    app.wait_for_step(int(card.scene.then or 0))
    expect(app.viewer.locator(".ending-said").first).to_be_visible()
