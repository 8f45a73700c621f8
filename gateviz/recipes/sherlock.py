"""Next character of the Sherlock Holmes stories: 3 MB with dialogue in double quotes; 320 units.

The text is long enough to teach what a book of 180,000 characters seldom shows: that a quotation is still open forty
characters after its opening mark.

The lines of a paragraph are joined, because nobody types the line breaks of a printed page. The model reads passages of
256 characters that begin with a sentence, without a state, as a typed text does. Read from one end of the book to the
other, a model does not know how a text begins: LSTM and GRU then expected a line break at most ends of words, and were
worse than the plain RNN on single sentences.
"""

from gateviz.data.corpora.another_book import ALICE
from gateviz.data.corpora.sources import DataSource
from gateviz.i18n.bilingual import Bilingual
from gateviz.recipes.characters import CharacterRecipe
from gateviz.training.loop import TrainPlan

RECIPE = CharacterRecipe(
    task="sherlock",
    data=DataSource(
        file="sherlock.txt.gz",
        name="Sherlock Holmes: four novels and forty-odd stories",
        author="Arthur Conan Doyle",
        licence="public domain",
        source="the data of Char-RNN-PyTorch",
    ),
    held_out_share=10,
    embedding_size=64,
    hidden_size={"rnn": 320, "lstm": 320, "gru": 320},
    window=64,
    windows=4,
    elsewhere=ALICE,
    ngram_orders=(4, 5, 6, 7),
    plan=TrainPlan(
        steps=6000,
        batch_size=32,
        learning_rate=3e-3,
        warmup=100,
        dropout_in=0.05,
        dropout_out=0.1,
        clip=1.0,
        unknown_share=0.001,
        precision="bfloat16",
        evaluations=3,
    ),
    good_for=Bilingual(
        "English prose with dialogue and names, from a single sentence on; and looking for units with a meaning, such "
        "as one that knows it is inside a quotation: the card says how well the best unit of each cell does.",
        "含有对话和人名的英文散文，从单个句子开始都可以；也适合寻找有含义的隐藏单元，例如知道自己正处在引号之中的那一"
        "个：卡片给出了每种循环单元里最好的隐藏单元做得有多好。",
    ),
    fails_at={
        "rnn": Bilingual(
            "On the held-out text it stays behind the 6-gram, and some of the words that it writes do not exist. "
            "Digits, code and other languages surprise it.",
            "在留出的文本上，它不如 6-gram；它写出的单词有些并不存在。数字、代码和其他语言都会使它惊讶。",
        ),
        "lstm": Bilingual(
            "Most of its sentences are well formed, and they mean nothing; digits, code and other languages surprise "
            "it, and the language is that of its time.",
            "它写的句子大多合乎语法，却没有意义；数字、代码和其他语言都会使它惊讶，用语也带着那个时代的痕迹。",
        ),
        "gru": Bilingual(
            "Most of its sentences are well formed, and they mean nothing; digits, code and other languages surprise "
            "it, and the language is that of its time.",
            "它写的句子大多合乎语法，却没有意义；数字、代码和其他语言都会使它惊讶，用语也带着那个时代的痕迹。",
        ),
    },
)
