"""Does a sentence about a film praise or damn it: words, read in both directions, from the last state of each.

The settings were chosen on the development texts: a vocabulary of words seen twice and 1,000 pieces beats whole words
alone, and embeddings must start small. One training text in eight is a plain opinion made by seed (`data/opinions.py`).
"""

import random
from collections.abc import Sequence

from gateviz import cards
from gateviz.data.corpora import DataSource
from gateviz.data.opinions import opinion
from gateviz.data.words import Words
from gateviz.recipes.classification import ClassificationRecipe
from gateviz.training import TrainPlan


def vocabulary(texts: Sequence[str]) -> Words:
    """The words that occur twice and 1,000 pieces."""
    return Words.of(texts, least=2, pieces=1000)


def plain_opinion(generator: random.Random) -> tuple[str, str]:
    """A made judgement and its class."""
    text, sign = opinion(generator)
    return text, "positive" if sign > 0 else "negative"


_FAILS = cards.Words(
    "One in four or five sentences. A plain negation does not always turn it: 'It was not good.' counts as praise. "
    "Irony and praise that is taken back go wrong too, and what neither praises nor damns is called one of the two.",
    "每四五句就会错一句。简单的否定未必能使它改变判断：“It was not good.”被判为正面。反语和先扬后抑的句子也常判错"
    "；既不褒也不贬的句子，会被归入两者之一。",
)

RECIPE = ClassificationRecipe(
    task="sentiment",
    data=DataSource(
        file="mr_train.tsv",
        name="sentence polarity dataset v1.0, beside plain opinions made by seed",
        author="Bo Pang and Lillian Lee 2005",
        licence="CC BY 4.0",
        source="https://www.cs.cornell.edu/people/pabo/movie-review-data/",
    ),
    development="mr_dev.tsv",
    test="mr_test.tsv",
    labels={"0": "negative", "1": "positive"},
    tokenizer=vocabulary,
    hidden_size=64,
    embedding_size=64,
    bidirectional=True,
    learns_all=True,
    averaged_share=0.25,
    split_share=0.2,
    made=plain_opinion,
    made_share=0.12,
    plan=TrainPlan(
        steps=1700,
        batch_size=50,
        learning_rate=1e-3,
        warmup=50,
        clip=1.0,
        evaluations=3,
        dropout_in=0.4,
        dropout_out=0.5,
        unknown_share=0.1,
    ),
    good_for=cards.Words(
        "Opinions in English in a sentence or two: watching which words tip the answer, and what is read in each of "
        "the two directions.",
        "一两句话的英文评价：观察哪些词左右了判断，以及两个方向各自读到了什么。",
    ),
    fails_at=dict.fromkeys(("rnn", "lstm", "gru"), _FAILS),
)
