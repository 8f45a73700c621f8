"""Untrained models of a few units, for a folder of their own."""

from collections.abc import Callable
from pathlib import Path

from gateviz.data.corpora.sources import DataSource
from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.i18n.bilingual import Bilingual
from gateviz.models.config import ModelConfig
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import ModelCard, Sample, Score
from gateviz.pretrained.files import save_pretrained
from gateviz.results.trace import CellName

TEXT = "the time machine"
SIZES: dict[CellName, int] = {"rnn": 6, "lstm": 7, "gru": 8}

PutModels = Callable[..., None]
"""What the fixture `put_models` is."""


def save_small_model(folder: Path, task: str, cell: CellName, num_layers: int) -> None:
    """Write one that knows the characters of TEXT."""
    config = ModelConfig(cell, SIZES[cell], embedding_size=4, num_layers=num_layers)
    model = SequenceModel(config, CharacterTokenizer.of(TEXT), seed=3)
    score = Score("model", "bits per character", 2.0, "the last tenth")
    card = ModelCard(
        task=task, config=config, tokens="characters", vocabulary=model.outputs, labels=(),
        data=DataSource("a.txt", "A Book", "An Author", "public domain", "a library"), recipe={}, seed=3, steps=0,
        seconds=0.0, machine="this one", metric=score, baselines=(score,), details={}, sample=Sample(("the",), (), 2.0),
        parameters=sum(parameter.numel() for parameter in model.parameters()),
        good_for=Bilingual("tests", "测试"), fails_at=Bilingual("words", "词"),
    )  # fmt: skip
    save_pretrained(model, card, folder)
