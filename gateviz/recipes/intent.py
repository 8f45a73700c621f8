"""Which of fifteen things a sentence asks for: one direction, the last state, so that the deciding word shows.

The settings were chosen on the validation texts. The training texts are clean and in lower case, which people's texts
are not, so training adds an end mark to every other text, and the short forms of a chat to some. A third of what is
read are generated wishes (`data/corpora/wishes.py`): short ones, greetings, and two wishes of which one is denied.
"""

import random
import re
from collections.abc import Sequence

from gateviz.data.corpora import everyday_sentences, typed_in_class
from gateviz.data.corpora.sources import DataSource
from gateviz.data.corpora.wishes import wish
from gateviz.data.tokenizing.word_tokenizer import WordTokenizer
from gateviz.i18n.bilingual import Bilingual
from gateviz.recipes.classification import ClassificationRecipe, unseen
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


GENERATED_TEXTS = 4000
"""How many texts are generated to find the words that such texts have."""


def tokenizer(texts: Sequence[str]) -> WordTokenizer:
    """The tokenizer of the words that occur at least twice, generated texts included, and of 300 subwords."""
    generator = random.Random(0)  # noqa: S311
    generated = [plain_wish(generator)[0] for _ in range(GENERATED_TEXTS)]
    return WordTokenizer.of((*texts, *generated), least=2, subwords=300)


def plain_wish(generator: random.Random) -> tuple[str, str]:
    """A generated wish and the name of its intent."""
    return unseen(wish, generator)


_ALWAYS = Bilingual(
    "It knows fifteen intents and no others: whatever is typed becomes one of them.",
    "它只认识十五种意图：无论输入什么，都会被归入其中一种。",
)
_GATED = Bilingual(
    f"{_ALWAYS.en} On the held-out texts and on phrases as a class types them it is above naive Bayes, on sentences of "
    "another source it is not; the card has the figures. Of two wishes it follows the one that is not denied, if both "
    "are worded simply.",
    f"{_ALWAYS.zh}在留出的文本和课堂上会输入的短语上，它胜过朴素贝叶斯；在别处的句子上则没有胜过，数字见卡片。一句话里有"
    "两个愿望时，只要措辞简单，它会跟随没有被否定的那一个。",
)
_RNN = Bilingual(
    f'{_ALWAYS.en} On the held-out texts naive Bayes is better; on phrases as a class types them, with a "don\'t" in '
    "many, it is worse. The card has the figures.",
    f"{_ALWAYS.zh}在留出的文本上，朴素贝叶斯比它好；在课堂上会输入的短语上（其中许多有 don't），朴素贝叶斯比它差。数字"
    "见卡片。",
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
    generated=plain_wish,
    generated_share=0.35,
    everyday=everyday_sentences.INTENT,
    typed=typed_in_class.INTENT,
    plan=TrainPlan(
        steps=1500,
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
    fails_at={"rnn": _RNN, "lstm": _GATED, "gru": _GATED},
)
