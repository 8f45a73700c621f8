"""The classifiers that ship: what they reach, and what they make of sentences of another source."""

import random
import re

import pytest

from gateviz.data.corpora.sources import find_data
from gateviz.errors import DataError
from gateviz.pretrained.cards import ModelCard
from gateviz.pretrained.files import list_pretrained, load_pretrained
from gateviz.recipes import intent, recipe_of
from gateviz.recipes.classification import ClassificationRecipe
from gateviz.results.trace import CellName
from gateviz.training.scoring import accuracy

REACHED = {"sentiment": 0.76, "weibo": 0.85, "intent": 0.94}
CARDS = {(card.task, card.cell): card for card in list_pretrained() if card.task in REACHED}
TYPED: dict[str, dict[str, tuple[str, ...]]] = {
    "sentiment": {
        "negative": (
            *("I hated this movie.", "What a waste of time.", "Boring, predictable and far too long."),
            *("I would not recommend this to anyone.", "The plot is dull and the characters are flat."),
            *("a stupid, loud and pointless sequel", "The jokes are not funny.", "Too long and not very interesting."),
        ),
        "positive": (
            *("I loved this movie!", "One of the best films I have ever seen.", "A masterpiece."),
            *("The acting was wonderful and the story moved me.", "a smart, warm and charming little film"),
            *("Funny, touching and beautifully shot.", "Heartwarming and uplifting.", "What a beautiful ending"),
        ),
    },
    "weibo": {
        "negative": (*("今天心情很不好", "太让人失望了", "我好难过"), *("真讨厌这种人", "烦死了！", "他伤心地哭了")),
        "positive": (
            *("今天好开心啊", "谢谢大家的祝福", "太感动了"),
            *("我喜欢这首歌", "哈哈笑死我了", "祝你生日快乐"),
        ),
    },
    "intent": {
        "alarm": ("Wake me up at 7 tomorrow morning, please.", "alarm at 8"),
        "calculator": ("What is 12 times 7?", "how much is 15 plus 27"),
        "date": ("What day is it today?", "Tell me today's date, please."),
        "goodbye": ("Bye!", "I have to go now, talk to you later."),
        "greeting": ("Hi there", "hey whats up"),
        "next_song": ("Skip this song", "next track please"),
        "play_music": ("Play some jazz", "I'd like to listen to some music."),
        "smart_home": ("Turn off the lights in the kitchen", "dim the lights"),
        "tell_joke": ("Make me laugh!", "Do you know any funny jokes?"),
        "thank_you": ("Thanks a lot!", "Thank you so much for your help."),
        "time": ("What time is it in Tokyo?", "Can you tell me the time, please?"),
        "timer": ("start a 5 minute timer", "Count down from 30 seconds"),
        "traffic": ("How is the traffic on the way to work?", "Is there a traffic jam on the highway?"),
        "translate": ("How do you say good morning in French?", "what is the German word for dog"),
        "weather": ("Will it rain tomorrow?", "how cold is it outside"),
    },
}


@pytest.mark.parametrize("task", REACHED)
def test_the_gated_cells_reach_their_figure(task: str) -> None:
    for cell in ("lstm", "gru"):
        assert CARDS[task, cell].metric.value >= REACHED[task]
    assert all(card.metric.on == card.baselines[0].on for card in CARDS.values())


@pytest.mark.parametrize("task", REACHED)
@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_they_understand_what_people_type(task: str, cell: CellName) -> None:
    texts, answers = zip(*((text, label) for label, texts in TYPED[task].items() for text in texts), strict=True)
    assert accuracy(load_pretrained(task, cell), texts, answers) >= 0.85


@pytest.mark.parametrize("task", REACHED)
@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_they_are_better_than_naive_bayes_on_what_a_class_types(task: str, cell: CellName) -> None:
    details = CARDS[task, cell].details
    (on,) = [name.removeprefix("accuracy on ") for name in details if re.fullmatch("accuracy on .* types them", name)]
    assert details[f"accuracy on {on}"] >= max(0.8, details[f"naive Bayes on {on}"] + 0.02)


@pytest.mark.parametrize("card", CARDS.values(), ids=lambda card: f"{card.task}-{card.cell}")
def test_they_are_about_as_sure_as_they_are_right(card: ModelCard) -> None:
    assert card.details["calibration error on these texts"] < 0.09


@pytest.mark.parametrize(("task", "cell"), CARDS)
def test_the_figures_in_the_card_are_those_of_the_test_texts(task: str, cell: CellName) -> None:
    recipe = recipe_of(task)
    assert isinstance(recipe, ClassificationRecipe)
    try:
        find_data(recipe.data)
    except DataError:
        pytest.skip("the texts are not part of the project: set GATEVIZ_DATA")
    test = recipe.read().test
    figure = recipe.measure(load_pretrained(task, cell), test.texts, test.labels)
    assert figure == pytest.approx(CARDS[task, cell].metric.value, abs=2e-3)


def test_a_request_is_rephrased_as_in_a_chat_and_asks_for_the_same() -> None:
    generator = random.Random(0)  # noqa: S311
    said = {intent.rephrased("can you tell me the time please", generator) for _ in range(200)}
    assert "can you tell me the time please" in said, "most of the words as they were"
    assert {text[-1] for text in said} >= {"?", ".", "!", "e"}
    assert any("pls" in text for text in said)
    assert all(re.fullmatch(r"can (you|u) tell me the time (please|pls)[ ?.!]*", text) for text in said)
