"""Does a sentence about a film praise it or not? Words, read in both directions, from the last state of each.

The settings were chosen on the development texts: words that occur twice with 1,000 subwords are better than words
alone, and embeddings must start small. The first steps read only generated opinions (`data/corpora/opinions.py`), at a
high learning rate: from them the model learns what "not" does, and it then also negates the words that the reviews
teach it. With a third of that learning rate it never learns "not", whether the generated opinions come first or not.
"""

import random
from collections.abc import Sequence

from gateviz.data.corpora import everyday_sentences, typed_in_class
from gateviz.data.corpora.opinions import opinion
from gateviz.data.corpora.small_talk import small_talk
from gateviz.data.corpora.sources import DataSource
from gateviz.data.tokenizing.word_tokenizer import WordTokenizer
from gateviz.i18n.bilingual import Bilingual
from gateviz.recipes.classification import ClassificationRecipe, with_class_name
from gateviz.training.loop import TrainPlan

GENERATED_TEXTS = 4000
"""How many texts are generated to find the words that such texts have."""


def tokenizer(texts: Sequence[str]) -> WordTokenizer:
    """The tokenizer of the words that occur at least twice, generated texts included, and of 1,000 subwords."""
    generator = random.Random(0)  # noqa: S311
    generated = [plain_text(generator)[0] for _ in range(GENERATED_TEXTS)]
    return WordTokenizer.of((*texts, *generated), least=2, subwords=1000)


def plain_text(generator: random.Random) -> tuple[str, str]:
    """A generated opinion, or small talk, and the name of its class."""
    return with_class_name(generator.choice((opinion, small_talk)), generator)


_GATED = Bilingual(
    "More than one in five review sentences, as many as naive Bayes; five or six of forty from elsewhere, where naive "
    "Bayes has seven. Plain negations turn it, 'not bad' as well as 'It was not good.'; roundabout ones do not: "
    "'I can't recommend it enough.' counts as negative, 'I don't think anyone should pay for this.' as positive. Irony "
    "goes wrong too, and what neither praises nor criticises is called one of the two.",
    "影评的句子每五句会错一句多，与朴素贝叶斯相当；四十个别处的句子里会错五到六句，朴素贝叶斯错七句。简单的否定能使它改变"
    "判断，如“not bad”和“It was not good.”；拐弯抹角的则不能：“I can't recommend it enough.”被判为负面，“I don't think "
    "anyone should pay for this.”被判为正面。反语也常判错；既不褒也不贬的句子，会被归入两者之一。",
)
_RNN = Bilingual(
    "Nearly one in four review sentences, and a third of forty from elsewhere. In the budget of the other two it has "
    "not learnt what a negation does: 'It was not good.' counts as positive, 'It was not bad at all.' as negative. "
    "What neither praises nor criticises is called one of the two.",
    "影评的句子将近每四句会错一句；四十个别处的句子里会错三分之一。在与另外两种循环单元相同的训练预算内，它没有学会否"
    "定的作用：“It was not good.”被判为正面，“It was not bad at all.”被判为负面。既不褒也不贬的句子，会被归入两者"
    "之一。",
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
    tokenizer=tokenizer,
    hidden_size=64,
    embedding_size=32,
    bidirectional=True,
    by_length=True,
    averaged_share=0.25,
    split_share=0.2,
    generated=plain_text,
    generated_share=0.2,
    generated_first=500,
    everyday=everyday_sentences.SENTIMENT,
    typed=typed_in_class.SENTIMENT,
    plan=TrainPlan(
        steps=3000,
        batch_size=50,
        learning_rate=3e-3,
        warmup=50,
        clip=1.0,
        evaluations=5,
        dropout_in=0.4,
        dropout_out=0.5,
        unknown_share=0.1,
    ),
    good_for=Bilingual(
        "Opinions in English in a sentence or two: watching which words tip the answer, and what is read in each of "
        "the two directions.",
        "一两句话的英文评价：观察哪些词左右了判断，以及两个方向各自读到了什么。",
    ),
    fails_at={"rnn": _RNN, "lstm": _GATED, "gru": _GATED},
)
