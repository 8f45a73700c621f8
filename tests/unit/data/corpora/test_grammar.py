"""The grammar: its sentences agree, and all of their words are listed."""

import random
import re

import pytest

from gateviz.data.corpora.grammar import inflected, lexicon, sentence
from gateviz.data.tokenizing.word_tokenizer import WordTokenizer


@pytest.mark.parametrize(
    ("word", "other"),
    [
        *(("key", "keys"), ("city", "cities"), ("bus", "buses"), ("church", "churches"), ("photo", "photos")),
        *(("man", "men"), ("taxi driver", "taxi drivers"), ("carry", "carries"), ("go", "goes"), ("have", "has")),
    ],
)
def test_nouns_and_verbs_are_inflected_as_they_are_written(word: str, other: str) -> None:
    assert inflected(word) == other


def test_the_same_seed_says_the_same_and_another_something_else() -> None:
    first, again, other = ([sentence(generator) for _ in range(20)] for generator in map(random.Random, (0, 0, 1)))
    assert first == again != other


def test_a_determiner_that_says_a_number_stands_before_a_verb_of_that_number() -> None:
    generator = random.Random(0)  # noqa: S311
    one = re.compile(r"(?:an?|every|each) (?:\w+ )?\w+ (is|are|was|were|has|have|does|do)(?:n't)?\b")
    many = re.compile(r"(?:these|several|few) (?:\w+ )?\w+ (is|are|was|were|has|have|does|do)(?:n't)?\b")
    said: dict[re.Pattern[str], set[str]] = {one: set(), many: set()}
    for text in (sentence(generator) for _ in range(4000)):
        for pattern, verbs in said.items():
            verbs |= {match.group(1) for match in [pattern.match(text)] if match}
    assert said[one] == {"is", "was", "has", "does"}
    assert said[many] == {"are", "were", "have", "do"}


def test_its_words_are_listed_but_for_those_of_no_dictionary() -> None:
    words, generator = WordTokenizer.of(lexicon(), least=1), random.Random(0)  # noqa: S311
    tokens = [words.tokenize(sentence(generator)) for _ in range(500)]
    assert all(token.known for tokens_ in tokens for token in tokens_)
    whole = [not any(words.entries[token.id].startswith("##") for token in tokens_) for tokens_ in tokens]
    assert 0.3 < sum(whole) / len(whole) < 0.9, "some sentences have an invented word, which is read in letters"
