"""Which of fifteen things a sentence asks for: one direction, the last state, so that the deciding word shows.

The settings were chosen on the validation texts. The training texts are clean and in lower case, which people's texts
are not, so training adds an end mark to every other text, and the short forms of a chat to some.
"""

import random
import re
from collections.abc import Sequence

from gateviz.data.corpora import everyday_sentences
from gateviz.data.corpora.sources import DataSource
from gateviz.data.tokenizing.word_tokenizer import WordTokenizer
from gateviz.i18n.bilingual import Bilingual
from gateviz.recipes.classification import ClassificationRecipe
from gateviz.training.loop import TrainPlan

INTENTS = (
    *("alarm", "calculator", "date", "goodbye", "greeting", "next_song", "play_music", "smart_home"),
    *("tell_joke", "thank_you", "time", "timer", "traffic", "translate", "weather"),
)

_END_MARKS = ("?", ".", "!", " ?", "..", "!!")
_SHORT = {"you": "u", "are": "r", "please": "pls", "thanks": "thx", "thank you": "ty", "okay": "ok", "tomorrow": "tmrw"}


def rephrased(text: str, generator: random.Random) -> str:
    """The text as in a chat: sometimes with another end mark, or with "pls" or "u"."""
    if generator.random() < 0.5:
        text = text.rstrip("?.! ") + generator.choice(_END_MARKS)
    if generator.random() < 0.3:
        long = generator.choice([form for form in _SHORT if re.search(rf"\b{form}\b", text)] or ["you"])
        text = re.sub(rf"\b{long}\b", _SHORT[long], text)
    return text


def tokenizer(texts: Sequence[str]) -> WordTokenizer:
    """The tokenizer of the words that occur at least twice and of 300 subwords."""
    return WordTokenizer.of(texts, least=2, subwords=300)


_FAILS = Bilingual(
    "It knows fifteen intents and no others: whatever is typed becomes one of them. Sentences without a word that is "
    'typical of the training texts often go wrong ("how late is it", "nice to meet you", "are the roads busy").',
    "它只认识十五种意图：无论输入什么，都会被归入其中一种。句中没有训练文本的典型词语时，常常判断错误"
    "（如 how late is it、nice to meet you、are the roads busy）。",
)

RECIPE = ClassificationRecipe(
    task="intent",
    data=DataSource(
        file="clinc15_train.tsv",
        name="CLINC150, fifteen of its intents",
        author="Larson et al. 2019",
        licence="CC BY 3.0",
        source="https://github.com/clinc/oos-eval",
    ),
    development="clinc15_val.tsv",
    test="clinc15_test.tsv",
    labels={intent: intent for intent in INTENTS},
    tokenizer=tokenizer,
    hidden_size=64,
    embedding_size=64,
    bidirectional=False,
    split_share=0.1,
    rephrased=rephrased,
    everyday=everyday_sentences.INTENT,
    plan=TrainPlan(
        steps=900,
        batch_size=50,
        learning_rate=3e-3,
        warmup=50,
        clip=1.0,
        evaluations=4,
        dropout_in=0.3,
        dropout_out=0.4,
        unknown_share=0.1,
        weight_decay=0.1,
    ),
    good_for=Bilingual(
        "Many to one on short requests in English: watching which word turns the answer, and the last state, from "
        "which it is read.",
        "英文短句的多对一任务：观察是哪个词改变了判断，以及读出答案的最后一个隐状态。",
    ),
    fails_at=dict.fromkeys(("rnn", "lstm", "gru"), _FAILS),
)
