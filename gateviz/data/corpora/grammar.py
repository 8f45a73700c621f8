"""English sentences of a small grammar, generated from a seed: a subject, something between, and a verb that agrees.

    sentence(random.Random(0))         # "the pilots that the old farmer near my house admires are asleep"

They add variety: more words (`lexicon`), determiners and constructions than a test of agreement has. Some nouns and
verbs are invented ("the blorts sneep"), so that a model learns number itself, and recognises it by the s of an unknown
word.
"""

import random
from collections.abc import Sequence

from gateviz.data.corpora.lexicon import (
    ADJECTIVES,
    INTRANSITIVE,
    IRREGULAR,
    NAMES,
    PEOPLE,
    PLURAL_ONLY,
    THINGS,
    TRANSITIVE,
    UNCOUNTABLE,
)


def _words(*lines: str) -> tuple[str, ...]:
    return tuple(" ".join(lines).split())


VERBS = sorted({*INTRANSITIVE, *TRANSITIVE, "have"})
ADVERBS = _words("again alone every day here now often outside quietly slowly there today tomorrow too well")
FREQUENCY = _words("always never often rarely really sometimes still usually")
PREPOSITIONS = (
    *_words("to of in on at by with from near behind under above beside around for between without about inside"),
    *("across from", "in front of", "next to", "to the side of"),
)
EITHER = _words("the the the the the the my your his her our their no")
ONE = _words("a every each this that one the")
MANY = _words("some many these those two three several few all most both the")

SPEECH = _words("said thought knew believed hoped claimed")
RELATIVE = _words("that that who which")
HE = _words("he she it everyone nobody everybody someone somebody anyone this that one")
THEY = _words("they we you these those")
EACH_OF = ("one of", "one of", "each of", "every one of", "neither of", "either of")
"""They take a singular verb, whatever plural follows."""
SOME_OF = ("some of", "most of", "many of", "all of", "both of", "two of", "a lot of", "a few of", "lots of", "half of")
SIMPLE = 0.3
"""Share of the subjects with nothing between noun and verb: from these the number of a noun is learnt first."""
DEGREE = _words("very so too really")

_COMPOUND = {"driver": "taxi driver", "guard": "security guard", "show": "television show"}
_SYLLABLES = _words(
    "ba be bi blo bru cla da dor fa fi flo ga gle gor ja ka klu la lo ma mi mo na ne pa pla po ra ri sa",
    "sne spo sta ta tho tri va vo wa wi zo zu",
)
_ENDS = _words("b ck d ft g k l ll lt m mp n nd nt p r rd rk rt sk st t th x ch y")


def inflected(word: str) -> str:
    """A noun's plural, or a verb's third person: English spells both alike."""
    before, blank, last = word.rpartition(" ")
    if blank or last in IRREGULAR:
        return before + blank + IRREGULAR.get(last, last + "s")
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh", "z")) else "s")


def lexicon() -> tuple[str, ...]:
    """Every word that a sentence can have, except the invented ones; some words twice, and some phrases."""
    nouns = tuple(_COMPOUND.get(noun, noun) for noun in (*PEOPLE, *THINGS))
    bare = (*nouns, *VERBS)
    others = (*ADJECTIVES, *ADVERBS, *FREQUENCY, *PREPOSITIONS, *EITHER, *ONE, *MANY, *SPEECH, *RELATIVE, *HE, *THEY)
    fixed = (*UNCOUNTABLE, *PLURAL_ONLY, *NAMES, *EACH_OF, *SOME_OF)
    small = ("an", "and", "are", "is", "were", "was", "do", "does", "not", "isn't", "i", "am", "them", "us", *DEGREE)
    return (*bare, *map(inflected, bare), *others, *fixed, *small)


def sentence(generator: random.Random) -> str:
    """One sentence, lower case, without a full stop."""
    return _Speaker(generator).clause()


class _Speaker:
    """Draws words and joins them; `many` says whether a phrase is plural."""

    def __init__(self, generator: random.Random) -> None:
        self.random = generator

    def clause(self, depth: int = 0) -> str:
        """A subject and a verb that agrees with the subject's head, whatever stands after the head."""
        many = self._chance(0.5)
        if depth == 0 and self._chance(0.08):
            speech = f"{self._one(SPEECH)} that" if self._chance(0.5) else self._one(SPEECH)
            return self._joined(self.noun_phrase(many, depth=2), speech, self.clause(1))
        if depth == 0 and self._chance(0.03):
            return self._of_me()
        if self._chance(0.08):
            subject, many = self._pronoun()
        elif self._chance(0.12):
            subject, many = self._fixed(depth)
        elif self._chance(0.05):
            subject = f"{self.noun_phrase(self._chance(0.5), 2)} and {self.noun_phrase(self._chance(0.5), 2)}"
            many = True
        else:
            subject = self.noun_phrase(many, 2 if self._chance(SIMPLE) else depth)
        predicate = self.predicate(many)
        return self._joined(subject, predicate, f"and {self.predicate(many)}" if self._chance(0.12) else "")

    def _of_me(self) -> str:
        """I, whose verbs have no s, and whose "be" is its own."""
        if self._chance(0.5):
            adverb = self._one(ADVERBS) if self._chance(0.25) else ""
            return self._joined("i", self.verb(INTRANSITIVE, True), adverb)
        be = self._one(("am", "am", "was"))
        return self._joined("i", be, self._one(("", "", "not", *DEGREE)), self._one(ADJECTIVES))

    def _fixed(self, depth: int) -> tuple[str, bool]:
        """A subject whose number no s of its noun tells: a name, the news, the police, one of the boys."""
        kind = self.random.random()
        if kind < 0.25:
            return self._one(NAMES), False
        if kind < 0.35:
            return f"{self._one(NAMES)} and {self._one(NAMES)}", True
        if kind < 0.7:
            many = kind > 0.57
            noun = self._one(PLURAL_ONLY if many else UNCOUNTABLE)
            bare = self._joined(self._one(("", "the", "the", "the", "my", "our")), noun)
            return self._joined(bare, self.modifier(many, depth + 1) if depth < 1 else ""), many
        many = kind > 0.87
        if kind < 0.77 or kind > 0.97:
            return f"{self._one(SOME_OF[:6] if many else EACH_OF)} {self._one(('them', 'us'))}", many
        among = self._one(("the", "the", "my", "our", "these", "those"))
        head = f"{self._one(SOME_OF if many else EACH_OF)} {among} {self.noun(True)}"
        return self._joined(head, self.modifier(True, depth + 1) if depth < 1 and many else ""), many

    def noun_phrase(self, many: bool, depth: int) -> str:
        """A determiner, sometimes an adjective, a noun, and above the second depth a modifier."""
        determiner = self._one(EITHER if self._chance(0.6) else MANY if many else ONE)
        adjective = self._one(ADJECTIVES) if self._chance(0.15) else ""
        noun = self.noun(many)
        if determiner == "a" and (adjective or noun)[0] in "aeiou":
            determiner = "an"
        head = self._joined(determiner, adjective, noun)
        return self._joined(head, self.modifier(many, depth + 1)) if depth < 2 else head

    def modifier(self, many: bool, depth: int) -> str:
        """Nothing, "near the lakes", "that likes the lakes", or "(that) the lakes surround"; `many` is of the head."""
        kind, other = self.random.random(), self._chance(0.5)
        if kind < 0.28:
            return ""
        if kind < 0.58:
            return f"{self._one(PREPOSITIONS)} {self.noun_phrase(other, depth)}"
        who = self._one(RELATIVE)
        if kind < 0.76:
            return f"{who} {self.predicate(many)}"
        between = self._pronoun() if self._chance(0.15) else (self.noun_phrase(other, depth), other)
        verb = self.verb(TRANSITIVE, between[1])
        return self._joined("" if self._chance(0.45) else who, between[0], verb)

    def predicate(self, many: bool) -> str:
        """A predicate for a subject of that number."""
        often = self._one(FREQUENCY) if self._chance(0.06) else ""
        kind = self.random.random()
        if kind < 0.4:
            be = self._one(("are", "are", "were") if many else ("is", "is", "was"))
            be += self._one((" not", "n't")) if self._chance(0.06) else ""
            if kind > 0.3:
                return f"{be} {self._one(PREPOSITIONS)} {self.noun_phrase(self._chance(0.5), 2)}"
            return self._joined(be, often, self._one(DEGREE) if self._chance(0.06) else "", self._one(ADJECTIVES))
        thing = self.noun_phrase(self._chance(0.5), 2)
        if kind < 0.5:
            return self._joined(often, "have" if many else "has", thing)
        if kind < 0.56:
            auxiliary = "do" if many else "does"
            return auxiliary + self._one((" not ", "n't ")) + self._one(INTRANSITIVE)
        if kind < 0.82:
            adverb = self._one(ADVERBS) if self._chance(0.25) else ""
            return self._joined(often, self.verb(INTRANSITIVE, many), adverb)
        return self._joined(often, self.verb(TRANSITIVE, many), thing)

    def noun(self, many: bool) -> str:
        """A known noun, or an invented one."""
        if self._chance(0.15):
            return self._inflected(self._invented(), many)
        noun = self._one(PEOPLE if self._chance(0.5) else THINGS)
        head = self._inflected(_COMPOUND.get(noun, noun), many)
        return f"{self._one(THINGS)} {head}" if self._chance(0.06) else head

    def verb(self, known: Sequence[str], many: bool) -> str:
        """A known verb, or an invented one, in the present."""
        return self._inflected(self._invented() if self._chance(0.12) else self._one(known), not many)

    def _pronoun(self) -> tuple[str, bool]:
        many = self._chance(0.5)
        return self._one(THEY if many else HE), many

    def _invented(self) -> str:
        return self._one(_SYLLABLES) + (self._one(_SYLLABLES) if self._chance(0.5) else "") + self._one(_ENDS)

    def _inflected(self, word: str, changed: bool) -> str:
        return inflected(word) if changed else word

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _one(self, choices: Sequence[str]) -> str:
        return self.random.choice(choices)

    def _joined(self, *words: str) -> str:
        return " ".join(word for word in words if word)
