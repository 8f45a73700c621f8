"""Countries are found in whole tokens, of one character or several, in the text of their own task only."""

from gateviz.openings.mentions import Mention, mentions

OUTPUTS = ("French", "Spanish", "Italian")


def test_a_country_is_found_where_it_is_a_word_of_its_own() -> None:
    tokens = ["I", " grew", " up", " in", " France", ".", "Spain", "s", " Italy"]
    assert mentions("hometown", tokens, OUTPUTS) == [Mention(4, 4, 0), Mention(6, 6, 1), Mention(8, 8, 2)]
    assert mentions("hometown", [" Frances", "San France", "  France"], OUTPUTS) == [Mention(2, 2, 0)]


def test_a_country_may_have_several_tokens() -> None:
    assert mentions("hometown-zh", list("我在法国，意大利"), ("意大利语", "法语")) == [
        Mention(2, 3, 1),
        Mention(5, 7, 0),
    ]


def test_another_task_names_no_country_and_neither_do_classes_that_the_model_does_not_have() -> None:
    assert mentions("sentiment", [" France"], OUTPUTS) == []
    assert mentions("hometown", [" Turkey", "", " "], OUTPUTS) == []
