"""Sentences that are worth comparing: what to change in a task's sentence, so that one thing in it is different.

The browser makes the pairs of whatever sentence it shows (viewer/js/compare/ready_pairs.js): the keys and the key, good
and not good, France and Spain, one bracket more. A rule is a regular expression of JavaScript, what its first match
becomes, and, where the two do not say it by themselves, how the change is called. It names no language.
"""

from collections.abc import Mapping, Sequence

from gateviz.data.corpora.hometown_wordings import CHINESE, ENGLISH

Rule = tuple[str, ...]
"""What is looked for, what it becomes, and the name of the change if it needs one."""


def _swaps(*pairs: tuple[str, str], around: str = "{}") -> tuple[Rule, ...]:
    """Each of two words becomes the other."""
    return tuple((around.format(a), b) for one, other in pairs for a, b in ((one, other), (other, one)))


def _each_becomes_the_next(words: Sequence[str], around: str = "{}") -> tuple[Rule, ...]:
    """Each word becomes the one after it, the last the first."""
    return tuple((around.format(word), words[(place + 1) % len(words)]) for place, word in enumerate(words))


_WORD = r"\b{}\b"
_MARKERS: tuple[Rule, ...] = (
    (r"(?<=^[a-d]*)X", "Y"),
    (r"(?<=^[a-d]*)Y", "X"),
    (r"X(?=[a-d]*$)", "Y"),
    (r"Y(?=[a-d]*$)", "X"),
)
_NOVEL = _swaps(("came", "went"), ("he", "she"), ("his", "her"), ("was", "is"), ("The", "A"), around=_WORD)

RULES: Mapping[str, tuple[Rule, ...]] = {
    "hometown": _each_becomes_the_next(tuple(ENGLISH.languages)),
    "hometown-zh": _each_becomes_the_next(tuple(CHINESE.languages)),
    "agreement": (
        (r"^the (\w+)s\b", "the $1"),
        (r"^the (\w*[^s\W])\b", "the $1s"),
        (r"(?<=. the )(\w+)s\b", "$1"),
        (r"(?<=. the )(\w*[^s\W])\b", "$1s"),
    ),
    "sentiment": (
        (r"\bnot ", ""),
        (r"\b(is|are|was|were) (?!not)", "$1 not "),
        *_swaps(
            ("good", "bad"), ("wonderful", "awful"), ("funny", "boring"), ("love", "hate"), ("best", "worst"),
            ("but", "and"), around=_WORD,
        ),
    ),
    "weibo": (
        (r"(?<!不)(开心|高兴|快乐|喜欢|好|美|爱)", "不$1"),
        (r"不(?=开心|高兴|快乐|喜欢|好|美|爱)", ""),
        *_swaps(("倒霉", "幸运"), ("难过", "开心"), ("讨厌", "喜欢")),
    ),
    "intent": (
        *_swaps(
            ("time", "day"), ("weather", "traffic"), ("alarm", "timer"), ("play", "skip"), ("song", "joke"),
            ("french", "spanish"), ("hello", "goodbye"), around=_WORD,
        ),
        (r",? please\b", "", "− please"),
    ),
    "timemachine": (("Time Traveller", "Medical Man"), *_NOVEL),
    "timemachine-equal": (("Time Traveller", "Medical Man"), *_NOVEL),
    "sherlock": (*_swaps(("Holmes", "Watson")), *_NOVEL),
    "tang": _swaps(("白", "红"), ("山", "水"), ("春", "秋"), ("来", "去"), ("东", "西"), ("南", "北"), ("黄", "青")),
    "temporal-order": _MARKERS,
    "temporal-order-100": _MARKERS,
    "temporal-order-equal": _MARKERS,
    "adding": (
        (r"(\d*)\.[5-9](\d*)\*", "$1.1$2*"),
        (r"(\d*)\.[0-4](\d*)\*", "$1.9$2*"),
        (r"(?<= )(\d*)\.[5-9](\d*)(?= )", "$1.1$2"),
        ("^", "0.50 "),
    ),
    "sunspots": ((r"^\d+\.\d", "1$&"), (r"\b1(\d\d\.\d)", "$1")),
    "counting": (("a(?=b)", "aa", "+ a"), (r"b(?=\.)", "bb", "+ b"), ("a(?=b)", "", "− a")),
    "copy": (
        *_each_becomes_the_next("abcd", around="^{}"),
        *_each_becomes_the_next("abcd", around=r"{}(?=\.)"),
    ),
    "brackets": (
        (r"^\((.*)\)$", "[$1]", "( ) → [ ]"),
        (r"^\[(.*)\]$", "($1)", "[ ] → ( )"),
        ("(?<=^.)", "()"),
        (r"\(\)|\[\]", ""),
    ),
    "dates": (
        (r"\b19(\d\d)", "20$1"),
        (r"\b20(\d\d)", "19$1"),
        *_swaps(
            ("January", "October"), ("November", "December"), ("March", "April"), ("May", "June"), ("July", "August"),
        ),
        *_swaps(("5 ?月", "6月"), ("3 ?月", "4月")),
    ),
}  # fmt: skip
"""The rules of each task. A text of another task, or one in which no rule finds anything, goes without one token."""


def rules_of(task: str) -> list[list[str]]:
    """The rules as they go into the header of a picture."""
    return [list(rule) for rule in RULES.get(task, ())]
