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
    seeds_tried=5,
    least=0.99,
    longest=80,
    unknown_share=0.5,
    distances=(4, 10, 20, 40, 60, 80),
    held_out_texts=60,
    plan=TrainPlan(steps=2000, batch_size=64, learning_rate=3e-3, warmup=50, clip=1.0, evaluations=5),
    good_for=Bilingual(
        'English texts such as "I grew up in France. ... I speak fluent" with up to 80 words of any kind between: '
        "watching gates write one fact, keep it past other countries and give it up when it is taken back. The answer "
        "after every word is what the speaker speaks.",
        "形如 I grew up in France. …… I speak fluent 的英文文本，中间可以是不超过 80 个词的任意文字："
        "观察门如何写入一个事实，遇到别的国家时保住它，说话人改口时又放弃它。每读入一个词，"
        "它都回答说话人说的是哪种语言。",
    ),
    fails_at={
        "rnn": Bilingual(
            "It does not keep the fact: of any kind of text it answers about four in ten right, where the last country "
            "named is right in two of three. How far it gets is luck: with four other seeds it was 21 to 77 %.",
            "它保不住这个事实：无论哪一类文本，十篇里只答对四篇左右，而直接取最后提到的国家能答对三分之二。"
            "它能学到什么程度全凭运气：换四个随机种子，答对的比例从 21% 到 77% 不等。",
        ),
        **dict.fromkeys(
            ("lstm", "gru"),
            Bilingual(
                "It knows a few dozen sentences, not English. Where somebody else grew up (My mother grew up in "
                "Spain) is mostly taken for the speaker's own, and a correction that does not say it all again (No, "
                "I mean Spain) changes nothing. The card has its accuracy on these and on other wordings that were "
                "not trained on.",
                "它懂的只是几十种句子，而不是英语。别人在哪里长大（My mother grew up in "
                "Spain）多半被当成说话人自己的事；没有把话重说一遍的改口（No, I mean Spain）不起任何作用。"
                "卡片给出了这些以及其他未训练过的说法的准确率。",
            ),
        ),
    },
)
