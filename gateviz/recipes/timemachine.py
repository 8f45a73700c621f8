"""Next character of The Time Machine, the book that the textbooks use: 256 units, one layer, the last tenth held out.

The settings were chosen on the ninth tenth of the book, with models trained on the first eight; the last tenth was not
used. A forget bias of 1 made the LSTM worse than PyTorch's own start (2.13 against 2.00 bits there, one seed, 3,000
steps), so all three cells start from PyTorch's defaults.

With equal sizes the cells do not have equal means: at 256 units the LSTM has three and a half times as many parameters
as the plain RNN. In the second recipe all three have as many parameters as the LSTM, so the difference that is left is
due to the cells.
"""

from dataclasses import replace

from gateviz.data.corpora.sources import DataSource
from gateviz.i18n.bilingual import Bilingual
from gateviz.recipes.characters import CharacterRecipe
from gateviz.training.loop import TrainPlan

_STRANGE = Bilingual(
    "Digits, code, words in capitals and other languages surprise it, and a character that the book lacks is unknown "
    "to it.",
    "数字、代码、全大写的单词和其他语言都会使它惊讶；书中没有的字符，它不认识。",
)

_GATED = Bilingual(
    "On the held-out text it gained nothing from more than about a dozen characters of context: it spells words and "
    f"short phrases and follows no meaning. {_STRANGE.en}",
    f"在留出的文本上，超过大约十二个字符的上下文对它没有帮助：它拼得出单词和短语，却不懂意思。{_STRANGE.zh}",
)

RECIPE = CharacterRecipe(
    task="timemachine",
    data=DataSource(
        file="timemachine.txt",
        name="The Time Machine",
        author="H. G. Wells",
        licence="public domain",
        source="https://github.com/probml/probml-data (data/timemachine.txt, its copy of d2l's text)",
    ),
    held_out_share=10,
    embedding_size=64,
    hidden_size={"rnn": 256, "lstm": 256, "gru": 256},
    window=64,
    ngram_orders=(5,),
    time_lapse=True,
    plan=TrainPlan(
        steps=8000,
        batch_size=16,
        learning_rate=4e-3,
        warmup=50,
        dropout_in=0.2,
        dropout_out=0.4,
        clip=1.0,
        unknown_share=0.003,
        evaluations=8,
    ),
    good_for=Bilingual(
        "Watching gates and gradients on English prose of about 1900, where words, spaces, capitals and full stops "
        "come and go; and comparing the three cells, which had the same budget.",
        "在 1900 年前后的英文散文上观察各个门与梯度，看单词、空格、大写字母和句号的来去；"
        "也适合比较三种循环单元，它们的训练预算相同。",
    ),
    fails_at={
        "rnn": Bilingual(
            "On the held-out text it gained nothing from more than about seven characters of context, and what it "
            f"writes is made of word-like pieces. {_STRANGE.en}",
            f"在留出的文本上，超过大约七个字符的上下文对它没有帮助；它写出的只是形似单词的片段。{_STRANGE.zh}",
        ),
        "lstm": _GATED,
        "gru": _GATED,
    },
)

EQUAL = replace(
    RECIPE,
    task="timemachine-equal",
    hidden_size={"rnn": 526, "lstm": 256, "gru": 299},
    time_lapse=False,
    good_for=Bilingual(
        "Comparing the three cells fairly: each has about as many parameters as the LSTM of 256 units, and the same "
        "text and budget as the trio with equal sizes.",
        "公平地比较三种循环单元：每个模型的参数量都与 256 个隐藏单元的 LSTM 大致相同，"
        "文本和训练预算也与等宽的三个模型相同。",
    ),
)
