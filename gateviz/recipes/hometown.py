"""I grew up in France. ... I speak fluent: words in, one of twelve languages out. 32 units.

Each mark is a word of its own. The few hundred words that are known are those of the sentences and the commonest of
The Time Machine.
"""

from collections import Counter
from collections.abc import Sequence

from gateviz.data.corpora.hometown_wordings import ENGLISH
from gateviz.data.corpora.passages import Passages
from gateviz.data.corpora.sources import DataSource
from gateviz.data.tokenizing.word_tokenizer import WordTokenizer
from gateviz.i18n.bilingual import Bilingual
from gateviz.recipes.fact_keeping import FactRecipe
from gateviz.training.loop import TrainPlan


def known_words(pieces: Sequence[str], most: int) -> WordTokenizer:
    """The commonest words and marks, and those of the sentences; it has no letters, so that another word is unknown."""
    spelled = WordTokenizer.of([*pieces, *ENGLISH.sentences, " ".join(ENGLISH.marks)], least=1)
    count = Counter(i for piece in pieces for i in spelled.encode(piece))
    said = {i for sentence in (*ENGLISH.sentences, " ".join(ENGLISH.marks)) for i in spelled.encode(sentence)}
    common = [i for i, _ in sorted(count.items(), key=lambda item: (-item[1], item[0]))][:most]
    return WordTokenizer(tuple(spelled.entries[i] for i in dict.fromkeys([*sorted(said), *common])))


RECIPE = FactRecipe(
    task="hometown",
    data=DataSource(
        file="timemachine.txt",
        name="sentences made by a seed, with passages of The Time Machine between them",
        author="gateviz; the passages by H. G. Wells",
        licence="MIT; the passages public domain",
        source="https://github.com/probml/probml-data (data/timemachine.txt, its copy of d2l's text)",
    ),
    wordings=ENGLISH,
    passages=Passages.of_words,
    tokenizer=known_words,
    piece="word",
    hidden_size=32,
    embedding_size=16,
    known=650,
    gate_biases={"lstm": {"forget_gate": 1.0, "input_gate": -3.0}, "gru": {"update_gate": 2.0}},
    seeds_tried=6,
    least=0.99,
    longest=80,
    unknown_share=0.5,
    distances=(4, 10, 20, 40, 60, 80),
    held_out_texts=60,
    plan=TrainPlan(steps=2000, batch_size=64, learning_rate=3e-3, warmup=50, clip=1.0, evaluations=5),
    good_for=Bilingual("x.", "。"),
    fails_at=dict.fromkeys(("rnn", "lstm", "gru"), Bilingual("x.", "。")),
)
