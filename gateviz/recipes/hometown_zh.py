"""我在法国长大。……我会说流利的: the same as `hometown` in Chinese, by characters, between clauses of microblogs.

The clauses are the glad ones of the Weibo corpus, so that what a class may see of them is friendly.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from gateviz.data.corpora.hometown_wordings import CHINESE
from gateviz.data.corpora.passages import Passages
from gateviz.data.corpora.sources import DataSource
from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.i18n.bilingual import Bilingual
from gateviz.recipes import hometown

GLAD = "1"


def glad_clauses(table: str) -> str:
    """The texts of the lines of a `label<TAB>text` file that are labelled as glad, a line each."""
    rows = (line.split("\t", 1) for line in table.splitlines())
    return "\n".join(row[1] for row in rows if len(row) == 2 and row[0] == GLAD)


def known_characters(pieces: Sequence[str], most: int) -> CharacterTokenizer:
    """The commonest characters, and those of the sentences."""
    count = Counter(pieces)
    common = sorted(count, key=lambda character: (-count[character], character))[:most]
    return CharacterTokenizer(tuple(sorted({*"".join((*CHINESE.sentences, *CHINESE.marks)), *common})))


RECIPE = replace(
    hometown.RECIPE,
    task="hometown-zh",
    data=DataSource(
        file="zh_weibo_emotion_train.tsv",
        name="sentences made by a seed, with clauses of the Weibo Emotion Corpus between them",
        author="gateviz; the clauses by Cheng et al. 2017",
        licence="MIT; the clauses Apache-2.0",
        source="Weibo-Emotion-Corpus on GitHub",
    ),
    wordings=CHINESE,
    passages=Passages.of_characters,
    texts_of=glad_clauses,
    tokenizer=known_characters,
    piece="character",
    good_for=Bilingual("x.", "。"),
    fails_at=dict.fromkeys(("rnn", "lstm", "gru"), Bilingual("x.", "。")),
)
