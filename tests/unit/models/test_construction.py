"""The class of a model follows from its config."""

import dataclasses

from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.models.config import ModelConfig
from gateviz.models.construction import build_model
from gateviz.models.encoder_decoder import END, EncoderDecoder
from gateviz.models.sequence_model import SequenceModel


def test_only_a_config_that_answers_with_a_text_gets_a_decoder() -> None:
    config, tokenizer = ModelConfig("lstm", hidden_size=6, embedding_size=4), CharacterTokenizer.of("ab")
    writer = build_model(dataclasses.replace(config, answers="text"), tokenizer, ("x", END), seed=0, forget_bias=1.0)
    assert type(writer) is EncoderDecoder
    assert len(writer.write("ab", answer_length=3)) == 3
    other = build_model(config, tokenizer, seed=0)
    assert type(other) is SequenceModel
    assert other.answer_length("ab") == 0
    assert other.outputs == ("a", "b")
