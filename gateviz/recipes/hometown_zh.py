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
    least=0.98,
    good_for=Bilingual(
        "Chinese texts such as 我在法国长大。……我会说流利的 with up to 80 characters of any kind between: watching "
        "gates write one fact, keep it past other countries and give it up when it is taken back. The answer after "
        "every character is what the speaker speaks.",
        "形如“我在法国长大。……我会说流利的”的文本，中间可以是不超过 80 个字的任意文字："
        "观察门如何写入一个事实，遇到别的国家时保住它，说话人改口时又放弃它。每读入一个字，"
        "它都回答说话人说的是哪种语言。",
    ),
    fails_at={
        "rnn": Bilingual(
            "It did not learn it: of the twelve languages it names the right one about as often as a guess does.",
            "它没有学会：十二种语言里，它答对的次数和随便猜差不多。",
        ),
        **dict.fromkeys(
            ("lstm", "gru"),
            Bilingual(
                "It knows a few dozen sentences, not Chinese. Where the speaker works now (现在我在意大利工作) or "
                "did not grow up (我不是在意大利长大的) is mostly taken for where they grew up, and a correction "
                "that does not say it all again (不，是意大利) changes nothing. The card has its accuracy on these "
                "and on other wordings that were not trained on.",
                "它懂的只是几十种句子，而不是中文。现在工作的地方（现在我在意大利工作）或者并非长大的地方"
                "（我不是在意大利长大的）多半被当成长大的地方；没有把话重说一遍的改口（不，是意大利）不起任何作用。"
                "卡片给出了这些以及其他未训练过的说法的准确率。",
            ),
        ),
    },
)
