"""Passages: as long as was asked for, and as they stand in the text."""

import numpy as np
import pytest

from gateviz.data.corpora.passages import Passages

TEXT = "The fire burned brightly, and 'the soft radiance' caught Filby's eye."
CLAUSES = "今天真好\n哈哈！\n\n 和朋友吃饭 \n"


@pytest.mark.parametrize("length", range(12))
def test_a_passage_of_words_has_so_many_and_stands_in_the_text(length: int) -> None:
    passages = Passages.of_words(TEXT)
    read_twice = f"{TEXT} {TEXT}".replace("'the", '"the').replace("radiance'", 'radiance"')
    for seed in range(20):
        passage = passages.draw(np.random.default_rng(seed), length)
        assert len(passage.split()) == length
        assert passage.replace("'the", '"the').replace("radiance'", 'radiance"') in read_twice


def test_the_quotes_of_a_text_come_single_and_double_and_its_apostrophes_stay() -> None:
    whole = " ".join(Passages.of_words(TEXT).pieces)
    assert whole == TEXT + " " + TEXT.replace("'the", '"the').replace("radiance'", 'radiance"')


def test_a_passage_of_characters_joins_lines_with_a_comma_where_they_have_no_mark() -> None:
    passages = Passages.of_characters(CLAUSES)
    assert "".join(passages.pieces) == "今天真好，哈哈！和朋友吃饭，"
    passage = passages.draw(np.random.default_rng(0), 5)
    assert len(passage) == 5
    assert passage in "今天真好，哈哈！和朋友吃饭，"


def test_every_place_of_a_text_can_be_drawn() -> None:
    passages = Passages.of_characters("一二三四")
    drawn = {passages.draw(np.random.default_rng(seed), 2) for seed in range(60)}
    assert drawn == {"一二", "二三", "三四", "四，"}
    assert passages.draw(np.random.default_rng(0), 5) == "一二三四，", "all of it"
