"""Opinions in plain English, generated from a seed, such as "it isn't a good film".

    opinion(random.Random(0))            # ("the ending is not very clever.", -1)

Film reviewers write long ironic sentences: hardly one of eight thousand says "I liked it", and "not" occurs in good and
bad reviews equally often. A few generated opinions among them show how a plain judgement, a negation and a "but" change
the meaning.
"""

import random
from collections.abc import Callable, Sequence


def _words(*lines: str) -> tuple[str, ...]:
    return tuple(" ".join(lines).split())


ADJECTIVES = {
    +1: _words(
        "good great wonderful excellent brilliant beautiful funny hilarious charming moving touching gripping",
        "clever smart fresh delightful entertaining enjoyable lovely amazing fantastic superb perfect fascinating",
        "interesting exciting memorable powerful impressive satisfying warm sweet delicious friendly gorgeous",
        "heartwarming uplifting thrilling terrific stunning pleasant helpful fun original convincing believable",
        "nice strong happy fine awesome clean tasty fast light comfortable useful polite easy reliable elegant tender",
    ),
    -1: _words(
        "bad terrible awful boring dull stupid silly pointless predictable slow tedious annoying ugly weak poor",
        "horrible disappointing lifeless flat clumsy shallow messy mediocre forgettable unfunny painful confusing",
        "lazy cheap fake bland stale uninteresting unpleasant dreadful lame ridiculous rude useless broken empty",
        "sad dumb loud worthless dirty noisy late expensive uncomfortable unhelpful greasy unreliable wrong",
        "pretentious",
    ),
}
MOODS = {
    +1: _words("happy impressed pleased satisfied delighted amused thrilled moved fascinated"),
    -1: _words("disappointed bored annoyed confused tired irritated frustrated angry unhappy"),
}
THINGS = _words(
    "film movie story plot acting script dialogue ending music cast comedy thriller drama book song show series game",
    "performance direction picture sequel food service place phone hotel camera room staff product lead director",
)
SEVERAL = _words("jokes characters actors scenes songs pictures effects lines people waiters rooms")
PRAISE = {+1: _words("loved liked enjoyed adored admired"), -1: _words("hated disliked despised regretted")}
PLAIN = {+1: _words("like love enjoy recommend"), -1: _words("hate dislike regret mind")}
QUALITIES = _words("heart humor charm style wit energy warmth depth originality imagination life sense tension")
VERY = ("", "", "", "very", "really", "so", "quite", "truly", "absolutely")
SAYINGS = {
    +1: (
        *("don't miss it", "a masterpiece", "i can not wait to see it again", "it made me laugh", "go and see it"),
        *("i could watch it again and again", "worth every penny", "it is worth your time", "i laughed and i cried"),
        *("i was happy from beginning to end", "my whole family enjoyed it", "i smiled all the way through"),
    ),
    -1: (
        *("don't bother", "a waste of time", "i want my money back", "it made me yawn", "stay away from it"),
        *("i fell asleep", "not worth your time", "it is not worth the money", "i walked out", "i was bored to tears"),
        *("even my family was bored", "i kept looking at my watch", "it goes nowhere", "it makes no sense"),
    ),
}


def opinion(generator: random.Random) -> tuple[str, int]:
    """A judgement in lower case, with or without an end mark, and its class: +1 for praise, -1 for the opposite."""
    critic = _Critic(generator)
    sign = generator.choice((-1, 1))
    forms: Sequence[Callable[[int], str]] = (critic.is_so, critic.is_so, critic.is_so, critic.noun, critic.liked)
    more = (
        critic.bare,
        critic.bare,
        critic.both,
        critic.turned,
        critic.superlative,
        critic.lacks,
        critic.said,
        critic.felt,
        critic.thought,
    )
    text = generator.choice((*forms, *more, critic.compared))(sign)
    return text + generator.choice(("", " .", ".", "!")), sign


class _Critic:
    """Draws words. Each method returns a judgement of the class that it is asked for."""

    def __init__(self, generator: random.Random) -> None:
        self.one = generator.choice
        self.random = generator.random

    def is_so(self, sign: int) -> str:
        """The ending is clever; the jokes aren't funny at all."""
        several = self.chance(0.3)
        subject = self.one(("it", "this", f"the {self.one(THINGS)}", f"this {self.one(THINGS)}"))
        if several:
            subject = f"the {self.one(SEVERAL)}"
        be = self.one(("are", "were") if several else ("is", "was"))
        if self.chance(0.35):
            return self._joined(subject, be + self.one((" not", "n't", " never")), self._so(-sign), self._at_all())
        return self._joined(subject, be, self._so(sign))

    def bare(self, sign: int) -> str:
        """Really clever; not dull at all. What a class types first, "not bad" and "not good", is held out."""
        if self.chance(0.6):
            return self._joined("not", self.one(VERY), self.one(ADJECTIVES[-sign][2:]), self._at_all())
        return self._so(sign)

    def noun(self, sign: int) -> str:
        """What a clever film; it's not a clever film; a warm, funny and clever film."""
        thing, form = self.one(THINGS), self.one(range(5))
        if form == 0:
            return f"what {self._a(self._so(sign))} {thing}"
        if form == 1:
            start = self.one(("it is not", "it's not", "it isn't", "this is not", "this isn't"))
            return f"{start} {self._a(self._so(-sign))} {thing}"
        if form == 2:
            first, second, third = (self.one(ADJECTIVES[sign]) for _ in range(3))
            return f"{self._a(first)}, {second} and {third} {thing}"
        start = self.one(("it's", "it is", "this is", "that was"))
        return f"{start} {self._a(self._so(sign))} {thing}"

    def liked(self, sign: int) -> str:
        """I really liked it; I didn't like it; I would not recommend it to anyone."""
        it, really = self._it(), self.one(("", "", "really", "totally"))
        if self.chance(0.4):
            no = self.one(("did not", "didn't", "do not", "don't", "would not", "could not", "can't"))
            return self._joined("i", no, really, self.one(PLAIN[-sign]), it, self._at_all())
        if self.chance(0.2):
            would = "would" if sign > 0 else self.one(("would not", "wouldn't", "would never"))
            return f"i {would} recommend {it} to {self.one(('anyone', 'everyone', 'my friends', 'you'))}"
        return self._joined(self.one(("i", "we", "everyone", "my friends")), really, self.one(PRAISE[sign]), it)

    def felt(self, sign: int) -> str:
        """I was not impressed by the acting; we are so happy with it."""
        who = self.one(("i am", "i was", "we were", "my friends were", "everyone was"))
        rest = self.one(("", f"{self.one(('with', 'by'))} {self._it()}"))
        if self.chance(0.45):
            return self._joined(who, self.one(("not", "not", "not at all", "hardly")), self.one(MOODS[-sign]), rest)
        return self._joined(who, self.one(VERY), self.one(MOODS[sign]), rest)

    def thought(self, sign: int) -> str:
        """I don't think it is good; there is nothing good about it; it is anything but dull."""
        form, bad = self.one(range(4)), self._so(-sign)
        if form == 0:
            no = self.one(("don't think", "do not think", "didn't find", "can't say"))
            return f"i {no} {self._it()} {'' if no.endswith('find') else 'is '}{bad}"
        if form == 1:
            return f"there is nothing {self.one(ADJECTIVES[-sign])} about {self._it()}"
        if form == 2:
            it, no = self._it(), self.one(("far from", "anything but", "hardly", "rarely"))
            return f"{it} is {no} {self.one(ADJECTIVES[-sign])}"
        return f"i {self.one(('think', 'thought', 'found'))} {self._it()} {self._so(sign)}"

    def compared(self, sign: int) -> str:
        """Better than the book; it could not be worse; it could have been much better."""
        best, worst = ("better", "worse")[::sign]
        form = self.one(range(4))
        if form == 0:
            return f"{self._it()} could not {self.one(('be', 'have been', 'get'))} {best}"
        if form == 1:
            return f"{self._it()} {self.one(('never gets', 'does not get', 'is not', 'is no'))} {worst}"
        if form == 2 and sign < 0:
            return f"{self._it()} {self.one(('could', 'should', 'might'))} have been {self.one(('', 'much '))}better"
        return f"{self.one(('much', 'far', 'even', 'a lot', 'so much'))} {best} than {self._it()}"

    def both(self, sign: int) -> str:
        """Two judgements of the same class."""
        return f"{self.is_so(sign)} and {self.is_so(sign)}"

    def turned(self, sign: int) -> str:
        """Two judgements with "but" or "despite": the class is that of the main clause."""
        if self.chance(0.25):
            spite = f"despite its {self.one(ADJECTIVES[-sign])} {self.one(THINGS)}"
            return f"{spite}, {self.is_so(sign)}"
        if self.chance(0.2):
            return f"{self.one(('although', 'though', 'even though'))} {self.is_so(-sign)}, {self.is_so(sign)}"
        return f"{self.is_so(-sign)}{self.one((', but ', ' but ', ', yet '))}{self.is_so(sign)}"

    def superlative(self, sign: int) -> str:
        """One of the best films I have ever seen."""
        best = self.one(("best", "finest", "funniest") if sign > 0 else ("worst", "dullest", "dumbest"))
        end = self.one((f"{self.one(THINGS)} ever", f"{self.one(THINGS)} i have ever seen", "of the year"))
        return f"the {best} {end}"

    def lacks(self, sign: int) -> str:
        """It has heart; it lacks charm and wit."""
        verb = self.one(("has", "is full of") if sign > 0 else ("lacks", "has no", "is without"))
        subject = self.one(("it", f"the {self.one(THINGS)}"))
        more = f"and {self.one(QUALITIES)}" if self.chance(0.5) else ""
        return self._joined(subject, verb, self.one(QUALITIES), more)

    def said(self, sign: int) -> str:
        """A set phrase."""
        return self.one(SAYINGS[sign])

    def chance(self, share: float) -> bool:
        """True with that probability."""
        return self.random() < share

    def _so(self, sign: int) -> str:
        if sign < 0 and self.chance(0.12):
            return self.one(("too long", "far too long", "too slow", "too loud"))
        return self._joined(self.one(VERY), self.one(ADJECTIVES[sign]))

    def _it(self) -> str:
        return self.one(("it", "this", f"this {self.one(THINGS)}", f"the {self.one(THINGS)}"))

    def _at_all(self) -> str:
        return "at all" if self.chance(0.2) else ""

    def _a(self, phrase: str) -> str:
        return f"{'an' if phrase[0] in 'aeiou' else 'a'} {phrase}"

    def _joined(self, *words: str) -> str:
        return " ".join(word for word in words if word)
