"""Is a clause of a Chinese microblog happy or not? Characters, read in both directions.

There are only 1,757 clauses, so there is much dropout, the final weights are a mean, and a character that occurs once
counts as unknown, so that the unknown is learnt too. The first steps read only generated feelings
(`data/corpora/feelings.py`), which teach what 不 and 但是 do. Settings were chosen by cross-validation on the training
and development texts; the models that ship learn from both files.
"""

import random
from collections import Counter
from collections.abc import Sequence

from gateviz.data.corpora import everyday_sentences, typed_in_class
from gateviz.data.corpora.feelings import feeling
from gateviz.data.corpora.small_talk_zh import small_talk
from gateviz.data.corpora.sources import DataSource
from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.i18n.bilingual import Bilingual
from gateviz.recipes.classification import ClassificationRecipe, with_class_name
from gateviz.training.loop import TrainPlan

GENERATED_TEXTS = 6000
"""How many texts are generated to find all characters that such texts can have."""


def tokenizer(texts: Sequence[str]) -> CharacterTokenizer:
    """The tokenizer of the characters that occur at least twice, or in generated texts."""
    frequent = {character for character, count in Counter("".join(texts)).items() if count > 1}
    generated = {plain_text(random.Random(seed))[0] for seed in range(GENERATED_TEXTS)}  # noqa: S311
    return CharacterTokenizer(tuple(sorted(frequent.union(*generated))))


def plain_text(generator: random.Random) -> tuple[str, str]:
    """A generated feeling, or small talk, and the name of its class."""
    return with_class_name(generator.choice((feeling, small_talk)), generator)


_REST = Bilingual(
    "It has learnt from 1,963 clauses and generated ones: irony, double negations and longer texts go wrong, "
    "没有什么不开心的 (nothing to be unhappy about) counts as negative, and what is neither glad nor unhappy is called "
    "one of the two. The card has the figures.",
    "它只学过 1963 个小句和一些按规则生成的短句：反语、双重否定和较长的文字常判错，“没有什么不开心的”被判为负面；不带情"
    "绪的句子，会被归入两者之一。数字见卡片。",
)
_GATED = Bilingual(
    "About one in eight clauses, where naive Bayes has one in seven, and few of the phrases that a class types. Plain "
    f"negations turn it, 我不喜欢这部电影 as well as 我不难过. {_REST.en}",
    "每八个小句约错一句，朴素贝叶斯每七个错一句；课堂上会输入的短语很少判错。简单的否定能使它改变判断，如“我不喜欢这部电"
    f"影”和“我不难过”。{_REST.zh}",
)
_RNN = Bilingual(
    "About one in seven clauses, like naive Bayes; of sentences from elsewhere more than the other two. It follows "
    f"plain negations, yet 我从来没有这么高兴过 (I have never been so happy) counts as negative. {_REST.en}",
    "每七个小句约错一句，与朴素贝叶斯相当；别处的句子比另外两种错得多。它能跟随简单的否定，却把“我从来没有这么高兴过”判"
    f"为负面。{_REST.zh}",
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
    tokenizer=tokenizer,
    hidden_size=64,
    embedding_size=64,
    bidirectional=True,
    averaged_share=0.5,
    generated=plain_text,
    generated_share=0.25,
    generated_first=500,
    everyday=everyday_sentences.WEIBO,
    typed=typed_in_class.WEIBO,
    plan=TrainPlan(
        steps=1500,
        batch_size=50,
        learning_rate=5e-3,
        warmup=30,
        clip=1.0,
        evaluations=3,
        dropout_in=0.5,
        dropout_out=0.5,
        unknown_share=0.1,
    ),
    good_for=Bilingual(
        "Short Chinese clauses of everyday life: watching which character tips the answer, such as 哭 or 祝.",
        "日常生活中的中文短句：观察是哪个字左右了判断，例如“哭”或“祝”。",
    ),
    fails_at={"rnn": _RNN, "lstm": _GATED, "gru": _GATED},
)
