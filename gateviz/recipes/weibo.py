"""Is a clause of a Chinese microblog glad or not: characters, read in both directions.

1,757 clauses are few: much dropout, the mean of the last weights, and a character seen once is unknown, so that the
unknown is learnt too. Settings were chosen on the development texts; the models that ship learn from these as well.
"""

from collections import Counter
from collections.abc import Sequence

from gateviz import cards
from gateviz.data import typed
from gateviz.data.corpora import DataSource
from gateviz.data.vocabulary import Vocabulary
from gateviz.recipes.classification import ClassificationRecipe
from gateviz.training import TrainPlan


def vocabulary(texts: Sequence[str]) -> Vocabulary:
    """The characters that occur twice."""
    counts = Counter("".join(texts))
    return Vocabulary(tuple(sorted(character for character, count in counts.items() if count > 1)))


_FAILS = cards.Words(
    "It has learnt from 1,963 clauses and goes by characters of mood more than by what is said of them: "
    "我不喜欢这部电影 (I do not like this film) counts as glad, 我不难过 (I am not sad) as not. Irony and longer "
    "texts go wrong too.",
    "它只学过 1963 个小句，主要看表示情绪的字，而不是怎样说的：“我不喜欢这部电影”被判为正面，“我不难过”被判为负面；"
    "反语和较长的文字也常判错。",
)

RECIPE = ClassificationRecipe(
    task="weibo",
    data=DataSource(
        file="zh_weibo_emotion_train.tsv",
        name="Weibo Emotion Corpus, clauses by polarity",
        author="Cheng et al. 2017",
        licence="Apache-2.0",
        source="Weibo-Emotion-Corpus on GitHub",
    ),
    development="zh_weibo_emotion_dev.tsv",
    test="zh_weibo_emotion_test.tsv",
    labels={"0": "negative", "1": "positive"},
    tokenizer=vocabulary,
    hidden_size=64,
    embedding_size=64,
    bidirectional=True,
    learns_all=True,
    averaged_share=0.5,
    typed=typed.WEIBO,
    plan=TrainPlan(
        steps=590,
        batch_size=50,
        learning_rate=2e-3,
        warmup=30,
        clip=1.0,
        evaluations=3,
        dropout_in=0.5,
        dropout_out=0.5,
        unknown_share=0.1,
    ),
    good_for=cards.Words(
        "Short Chinese clauses of everyday life: watching which character tips the answer, such as 哭 or 祝.",
        "日常生活中的中文短句：观察是哪个字左右了判断，例如“哭”或“祝”。",
    ),
    fails_at=dict.fromkeys(("rnn", "lstm", "gru"), _FAILS),
)
