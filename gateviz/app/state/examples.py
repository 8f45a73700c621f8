"""The tasks in the order in which they are offered, with a sentence of each that is shown before anything is typed."""

from collections.abc import Iterable, Mapping, Sequence

EXAMPLES: dict[str, str] = {
    "hometown": "I grew up in France. Then the door was open and a man came in. We once travelled to Italy. "
    "It was late and the lamp was out. No, I grew up in Spain. All of us were silent for a while. I speak fluent",
    "hometown-zh": "我在法国长大。今天天气很好，大家一起吃饭。我们去过一次意大利。晚上我们都很高兴。"
    "不，我在日本长大。后来大家都笑了。我会说流利的",
    "timemachine": "The Time Traveller came back at last, and told us where he had been.",
    "sherlock": '"It is quite simple," said Holmes, "when you look at it," and he lit his pipe.',
    "sentiment": "The jokes are not funny, but the two leads are wonderful.",
    "weibo": "收到大家的祝福，好感动，谢谢你们！",
    "tang": "白日依山尽，黄河入海流。欲穷千里目，更上一层楼。",
    "intent": "Could you tell me what time it is in Tokyo, please?",
    "agreement": "the keys that the teachers near the door want are on the table",
    "temporal-order": "ccadbabaXdbdababdcbdbabdbbaabbbbcYbbbbdcacdbbcaccacacccdcbdd",
    "adding": "0.70 0.06 0.98 0.02 0.75 0.84* 0.02 0.79 0.37 0.58 0.01 0.05 0.18 0.96 0.20 0.76 0.93* 0.94",
    "counting": "aaaaaaabbbbbbb.",
    "copy": "bacda....................>bacda",
    "brackets": "([(()[])][()])[([])]",
    "sunspots": "58.0 62.6 70.0 55.7 85.0 83.5 94.8 66.3 75.9 75.5 158.6 85.2 73.3 75.9 89.2 88.3 90.0 100.0",
    "dates": "the 3rd of May, 1999",
    "timemachine-equal": "The Time Traveller came back at last, and told us where he had been.",
    "temporal-order-100": "ccadabccbccaccYbabcdbaadabccddbaadcbbbdabdcbadcbdbddcdcXddba"
    "dbdcbadccacacccdcccbadcccdcccccdcbdccbbb",
    "temporal-order-equal": "ccadbabaXdbdababdcbdbabdbbaabbbbcYbbbbdcacdbbcaccacacccdcbdd",
}
"""A task that is not here comes after them, and begins with the sentence of The Time Machine."""

OPENINGS: Mapping[str, str] = {"en": "hometown", "zh": "hometown-zh"}
"""Language of the page -> the task that it opens on."""


def example_of(task: str) -> str:
    """A sentence of that task."""
    return EXAMPLES.get(task, EXAMPLES["timemachine"])


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
