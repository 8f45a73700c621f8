"""What a person may say of where they grew up, in English and in Chinese: the sentences of `hometown`. No torch.

`{}` stands for a country, `{language}` for its language. The first fact and the first question are the plain ones:
half of the texts have them. A decoy or correction that is to be drawn more often is listed more often. Sentences end
without a mark; the text that is made of them adds one.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wordings:
    """The sentences of one language."""

    languages: Mapping[str, str]
    """Country -> what is spoken there, in the order of the classes."""
    facts: tuple[str, ...]
    """Where the speaker grew up."""
    decoys: tuple[str, ...]
    """Name a country or a language in which the speaker did not grow up."""
    corrections: tuple[str, ...]
    """Take the fact back and say another one."""
    questions: tuple[str, ...]
    """Beginnings of a sentence that the language would complete."""
    space: str
    """What stands between two sentences."""
    marks: tuple[str, ...]
    """What a sentence may end with; each is drawn as often as any other."""
    untrained: Mapping[str, str]
    """Name -> a whole text in words that are not trained on, to measure with: {right} is the country that counts,
    {other} and {third} are others, {passage} is any text."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """All sentences with every country and language."""
        said = (*self.facts, *self.decoys, *self.corrections)
        pairs = self.languages.items()
        return (*(text.format(country, language=name) for text in said for country, name in pairs), *self.questions)


ENGLISH = Wordings(
    languages={
        "France": "French",
        "Spain": "Spanish",
        "Germany": "German",
        "Italy": "Italian",
        "China": "Chinese",
        "Japan": "Japanese",
        "Russia": "Russian",
        "Greece": "Greek",
        "Poland": "Polish",
        "Turkey": "Turkish",
        "Sweden": "Swedish",
        "Portugal": "Portuguese",
    },
    facts=(
        "I grew up in {}",
        "I grew up in the north of {}",
        "I grew up in a small town in {}",
        "I grew up on a farm in {}",
        "I was raised in {}",
        "I spent my childhood in {}",
        "As a child I lived in {}",
        "My hometown is in {}",
    ),
    decoys=(
        "We once travelled to {}",
        "We once travelled to {}",
        "Last summer we went to {}",
        "I have been to {} twice",
        "My sister lives in {}",
        "My friend works in {}",
        "My uncle moved to {}",
        "I would like to see {} one day",
        "I read a book about {}",
        "A letter came from {}",
        "The train to {} was late",
        "The food in {} is good",
        "My wife is learning {language}",
        "My brother can read {language}",
    ),
    corrections=(
        "No, I grew up in {}",
        "No, I grew up in {}",
        "No, I grew up in {}",
        "No, wait, I grew up in {}",
        "No, sorry, I grew up in {}",
        "Sorry, I grew up in {}",
        "Actually, I grew up in {}",
        "No, that was wrong, I was raised in {}",
        "No, I spent my childhood in {}",
        "No, my hometown is in {}",
    ),
    questions=(
        "I speak fluent",
        "So I speak fluent",
        "That is why I speak fluent",
        "And I still speak fluent",
        "I speak",
        "I speak very good",
        "At home we speak",
        "My mother tongue is",
        "My first language is",
    ),
    space=" ",
    marks=(".", ".", ".", ".", ".", ".", "!", ",", " and", ""),
    untrained={
        "I was born in": "I was born in {right}. {passage} I speak fluent",
        "I come from": "I come from {right}. {passage} I speak fluent",
        "We grew up in": "We grew up in {right}. {passage} I speak fluent",
        "two decoys": "I grew up in {right}. We once travelled to {other}. {passage} My sister lives in {third}. "
        "I speak fluent",
        "decoy: I work in": "I grew up in {right}. {passage} Now I work in {other}. I speak fluent",
        "decoy: My mother grew up in": "I grew up in {right}. {passage} My mother grew up in {other}. I speak fluent",
        "decoy: I did not grow up in": "I grew up in {right}. {passage} I did not grow up in {other}. I speak fluent",
        'correction without "no"': "I grew up in {other}. {passage} I grew up in {right}. I speak fluent",
        "correction: No, I mean": "I grew up in {other}. {passage} No, I mean {right}. I speak fluent",
    },
)

CHINESE = Wordings(
    languages={
        "法国": "法语",
        "西班牙": "西班牙语",
        "德国": "德语",
        "意大利": "意大利语",
        "中国": "汉语",
        "日本": "日语",
        "俄罗斯": "俄语",
        "希腊": "希腊语",
        "波兰": "波兰语",
        "土耳其": "土耳其语",
        "瑞典": "瑞典语",
        "葡萄牙": "葡萄牙语",
    },
    facts=(
        "我在{}长大",
        "我是在{}长大的",
        "我从小在{}长大",
        "我在{}北部长大",
        "我在{}的一个小镇长大",
        "我小时候住在{}",
        "我的童年是在{}度过的",
        "我的家乡在{}",
    ),
    decoys=(
        "我们去过一次{}",
        "我们去过一次{}",
        "我们曾经去{}旅行",
        "去年夏天我们去了{}",
        "我去过两次{}",
        "我姐姐住在{}",
        "我的朋友在{}工作",
        "我叔叔搬到了{}",
        "我想去{}看看",
        "我读过一本关于{}的书",
        "有一封信从{}寄来",
        "{}的菜很好吃",
        "我妻子在学{language}",
        "我弟弟看得懂{language}",
    ),
    corrections=(
        "不，我在{}长大",
        "不，我在{}长大",
        "不，我是在{}长大的",
        "不对，我在{}长大",
        "不对，我是在{}长大的",
        "对不起，我是在{}长大的",
        "其实我是在{}长大的",
        "说错了，我在{}长大",
        "不，我小时候住在{}",
        "不，我的家乡在{}",
    ),
    questions=(
        "我会说流利的",
        "所以我会说流利的",
        "我说一口流利的",
        "因此我能说流利的",
        "我会说",
        "在家里我们说",
        "我的母语是",
    ),
    space="",
    marks=("。", "。", "。", "。", "。", "。", "！", "，", "……", ""),
    untrained={
        "我出生在": "我出生在{right}。{passage}我会说流利的",
        "我来自": "我来自{right}。{passage}我会说流利的",
        "我们在…长大": "我们在{right}长大。{passage}我会说流利的",
        "two decoys": "我在{right}长大。我们去过一次{other}。{passage}我姐姐住在{third}。我会说流利的",
        "decoy: 我在…工作": "我在{right}长大。{passage}现在我在{other}工作。我会说流利的",
        "decoy: 我妈妈在…长大": "我在{right}长大。{passage}我妈妈在{other}长大。我会说流利的",
        "decoy: 我不是在…长大的": "我在{right}长大。{passage}我不是在{other}长大的。我会说流利的",
        "correction without 不": "我在{other}长大。{passage}我在{right}长大。我会说流利的",
        "correction: 不，是": "我在{other}长大。{passage}不，是{right}。我会说流利的",
    },
)
