"""The tasks in the order in which they are offered, with a sentence of each to begin with, and a few more to try."""

from collections.abc import Iterable, Mapping, Sequence

from gateviz.i18n.translator import shipped_name
from gateviz.pretrained.cards import ModelCard

_SUNSPOTS = (
    "70.2 55.9 63.6 37.7 32.6 40.0 38.7 50.3 45.6 46.4 43.7 42.0 21.8 21.8 51.3 39.5 26.9 23.2 19.8 24.4 17.1 "
    "29.3 43.0 35.9 19.6 33.2 38.8 35.3 23.4 14.9 15.3 17.7 16.5 8.6 9.5 9.1 3.1 9.3 4.7 6.1 7.4 15.1 17.5 14.2 "
    "11.7 6.8 24.1 15.9 11.9 8.9 16.8 20.1 15.8 17.0 28.2 24.4 25.3 48.7 45.3 47.7 56.7 51.2 50.2 57.2 57.2 "
    "70.4 110.9 93.6 111.8 69.5 86.5 67.3 91.5 107.2 76.8 88.2 94.3 126.4 121.8 111.9 92.2 81.2 127.2 110.3 "
    "96.1 109.3 117.2 107.7 86.0 109.8 104.4 120.5 135.8 106.8 120.0 106.0 96.8 98.0 91.3 95.7 93.5 97.9 111.5 "
    "127.8 102.9 109.5 127.5 106.8 112.5 93.0 99.5 86.6 95.2 83.5 91.3 79.0 60.7 71.8 57.5 49.8 81.0 61.4 50.2 "
    "51.7 63.2 82.2 61.5 88.4 80.1 63.2 80.5 88.0 76.5 76.8 64.0 61.3 41.6 45.3 43.4 42.9 46.0 57.7 42.4 39.5 "
    "23.1 25.6 59.3 30.7 23.9 23.3 27.6 26.0 21.3 40.3 39.5 36.0 55.8 33.6 40.2 47.1 25.0 20.5 18.9 11.5 11.5 "
    "5.1 9.0 11.4 28.2 39.7 13.9 9.1 19.4 7.8 8.1 4.3 21.9 18.8 12.4 12.2 1.9 16.4 13.5 20.6 5.2 15.3 16.4 23.1 "
    "8.7 12.9 18.6 38.5 21.4 30.1 44.0 43.8 29.1 43.2 51.9 93.6 76.5 99.7 82.7 95.1 70.4 58.1 138.2 125.1 97.9 "
    "122.7 166.6 137.5 138.0 101.5 134.4 149.5 159.4 142.2 188.4 186.2 183.3 176.3 159.6 155.0 126.2 164.1 "
    "179.9 157.3 136.3 135.4 155.0 164.7 147.9 174.4 114.0 141.3 135.5 156.4 127.5 90.0 143.8 158.7 167.3 162.4 "
    "137.5 150.1 111.2 163.6 153.8 122.0 82.2 110.4 106.1 107.6 118.8 94.7 98.1 127.0 84.3 51.0 66.5 80.7 99.2 "
    "91.1 82.2 71.8 50.3 55.8 33.3 33.4"
)
"""The last months of the series, from July 1961 on: two cycles that no model was trained on."""

EXAMPLES: dict[str, str] = {
    "hometown": "I grew up in France. Then the door was open and a man came in. We once travelled to Italy. "
    "It was late and the lamp was out. No, I grew up in Spain. All of us were silent for a while. I speak fluent",
    "hometown-zh": "我在法国长大。今天天气很好，大家一起吃饭。我们去过一次意大利。晚上我们都很高兴。"
    "不，我在日本长大。后来大家都笑了。我会说流利的",
    "timemachine": "The Time Traveller came back at last, and told us where he had been.",
    "sherlock": '"It is quite simple," said Holmes, "when you look at it," and he lit his pipe.',
    "sentiment": "The jokes are not funny, but the two leads are wonderful.",
    "weibo": "本来很开心，结果下雨了，真倒霉。",
    "tang": "白日依山尽，黄河入海流。欲穷千里目，更上一层楼。",
    "intent": "Could you tell me what time it is in Tokyo, please?",
    "agreement": "the keys that the teachers near the door want are on the table",
    "temporal-order": "ccadbabaXdbdababdcbdbabdbbaabbbbcYbbbbdcacdbbcaccacacccdcbdd",
    "adding": "0.70 0.06 0.98 0.02 0.75 0.84* 0.02 0.79 0.37 0.58 0.01 0.05 0.18 0.96 0.20 0.76 0.93* 0.94 0.12 "
    "0.33 0.58 0.41",
    "counting": "aaaaaaaaaaaabbbbbbbbbbbb.",
    "copy": "bacda....................>bacda",
    "brackets": "([[((([]))[()])]])",
    "sunspots": _SUNSPOTS,
    "dates": "the 3rd of May, 1999",
    "timemachine-equal": "The Time Traveller came back at last, and told us where he had been.",
    "temporal-order-100": "ccadabccbccaccYbabcdbaadabccddbaadcbbbdabdcbadcbdbddcdcXddba"
    "dbdcbadccacacccdcccbadcccdcccccdcbdccbbb",
    "temporal-order-equal": "ccadbabaXdbdababdcbdbabdbbaabbbbcYbbbbdcacdbbcaccacacccdcbdd",
}
"""A task that is not here comes after them, and begins with the sentence of The Time Machine."""

_BOOK = (
    "I am afraid I cannot convey the peculiar sensations of time travelling.",
    "The Morlocks had carried my machine into the hollow pedestal of the Sphinx.",
    "The laboratory grew faint and hazy, then fainter and ever fainter.",
)
_MORE: Mapping[str, tuple[str, ...]] = {
    "hometown": (
        "I was raised in Japan. We walked along the river until it was dark. My friend lives in Italy. I speak fluent",
        "My hometown is in Greece. Last summer we went to Spain. Nothing happened for a long time. At home we speak",
        "As a child I lived in Poland. It was a strange place. Sorry, I grew up in Turkey. My mother tongue is",
    ),
    "hometown-zh": (
        "我是在德国长大的。我的朋友住在法国。今天很冷，心情不好。在家里我们说",
        "我的家乡在日本。去年夏天我们去了西班牙。晚上大家一起吃饭。我的母语是",
        "我小时候住在意大利。大家都觉得很好。不对，我在希腊长大。我会说流利的",
    ),
    "timemachine": _BOOK,
    "timemachine-equal": _BOOK,
    "sherlock": (
        "My dear Watson, you see, but you do not observe.",
        "The door opened, and a tall man in a long grey coat entered the room.",
        '"You have been in Afghanistan, I perceive."',
    ),
    "sentiment": (
        "Not good at all.",
        "It is not bad, and the ending is good.",
        "I never laughed so much in my life.",
    ),
    "weibo": ("今天的电影真好看，开心！", "太失望了，再也不来了。", "终于放假了，可以好好睡一觉。"),
    "tang": (
        "床前明月光，疑是地上霜。举头望明月，低头思故乡。",
        "春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。",
        "朝辞白帝彩云间，千里江陵一日还。两岸猿声啼不住，轻舟已过万重山。",
    ),
    "intent": (
        "Set a timer for ten minutes.",
        "How do you say good night in Chinese?",
        "Wake me up at seven.",
    ),
    "agreement": (
        "the key to the cabinets is on the table",
        "the author that the guards like laughs",
        "the managers that the pilot admires are tall",
    ),
}
"""Further sentences of a task that a visitor may want to try. The others have what their cards quote."""

_MOST = 4

OPENINGS: Mapping[str, str] = {"en": "hometown", "zh": "hometown-zh"}
"""Language of the page -> the task that it opens on."""


def example_of(task: str) -> str:
    """A sentence of that task."""
    return EXAMPLES.get(shipped_name(task), EXAMPLES["timemachine"])


def examples_of(card: ModelCard) -> tuple[str, ...]:
    """A few sentences of that card's task, all different; the first is `example_of`."""
    texts = (example_of(card.task), *_MORE.get(card.task, card.sample.texts))
    return tuple(dict.fromkeys(texts))[:_MOST]


def ordered(tasks: Iterable[str]) -> tuple[str, ...]:
    """The tasks as they are offered; those without an example come last, by name."""
    places = list(EXAMPLES)
    return tuple(sorted(tasks, key=lambda task: (places.index(task) if task in places else len(places), task)))


def opening(tasks: Sequence[str], language: str) -> str:
    """The task that a page opens on if its address names none.

    Args:
        tasks: those that there are, as they are offered; at least one.
        language: of the page.
    """
    task = OPENINGS.get(language, "")
    return task if task in tasks else tasks[0]
