"""The sentences that a visitor may try: each task's models can read them."""

import pytest

from gateviz.data.tokenizing.typed_text import MAX_BOTH_WAYS, check_sentence
from gateviz.pretrained.cards import ModelCard
from gateviz.pretrained.examples import example_of, examples_of
from gateviz.pretrained.folder import list_pretrained

CARDS = {card.task: card for card in list_pretrained()}


@pytest.mark.parametrize("card", CARDS.values(), ids=list(CARDS))
def test_a_task_has_several_sentences_that_its_models_know(card: ModelCard) -> None:
    texts = examples_of(card)
    assert texts[0] == example_of(card.task)
    assert 2 <= len(set(texts)) == len(texts) <= 4
    for text in texts:
        check_sentence(text, MAX_BOTH_WAYS if card.config.bidirectional else 2000)
        tokens = card.tokenizer().tokenize(text)
        assert sum(not token.known for token in tokens) <= 1, text
