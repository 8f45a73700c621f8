"""What people type about their day, in English, generated from a seed: "my sister won the race", "2 stars".

    small_talk(random.Random(0))            # ("the bus was late again", -1)

Film reviews have few of its words, and `opinions` judges things alone. Here are events, moods, ratings, weather, pets,
what other people did, and short phrases.
"""

import random
from collections.abc import Callable


def _words(*lines: str) -> tuple[str, ...]:
    return tuple(" ".join(lines).split())


def _phrases(*lines: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in ",".join(lines).split(","))


MOODS = {
    +1: _words(
        "happy glad proud excited relaxed great fine healthy lucky loved good wonderful fantastic better cheerful calm",
        "grateful thankful delighted amazing safe strong hopeful confident awesome satisfied blessed",
    ),
    -1: _words(
        "sad tired sick ill lonely angry scared afraid worried stressed upset depressed hurt jealous bored exhausted",
        "nervous unlucky terrible awful bad miserable disappointed guilty hopeless weak ashamed unhappy heartbroken",
    ),
}
EVENTS = {
    +1: _phrases(
        "passed the test, passed my driving test, won the match, won a prize, won the race, won the lottery, got the "
        "job",
        "got a new bike, got an a, got good grades, got a present, got a puppy, found my wallet, found a friend",
        "found my phone again, finished my project, finished the race, learned to swim, learned a lot, made a new "
        "friend",
        "scored a goal, scored two goals, got promoted, got married, had a great time, had so much fun, had a nice "
        "dinner",
        "had a lovely holiday, solved the problem, solved it, reached the top, fell in love, beat my record, recovered",
        "got well again, graduated today, graduated, had a baby, saved a life, succeeded, bought a new house, met my "
        "hero",
        "got the ticket, made it, did well, did a good job, aced the test, fixed my computer, got a raise, arrived "
        "safely",
        "got into university, danced with my friends, visited my grandparents, baked a delicious cake, sang and danced",
    ),
    -1: _phrases(
        "failed the test, failed my driving test, lost the match, lost my wallet, lost my job, lost a friend, lost "
        "money",
        "lost everything, broke my arm, broke my leg, broke my glasses, broke the window, missed the train, missed "
        "the bus",
        "missed my flight, forgot my homework, forgot my password, forgot my umbrella, got fired, got a cold, got an f",
        "got bad grades, got lost, got hurt, got nothing, got robbed, had an accident, had a fight, had a bad dream",
        "had a terrible day, had to wait for hours, had a headache, crashed the car, burned the dinner, fell down",
        "fell off my bike, spilled my coffee, made a mistake, made a huge mistake, cut my finger, was late again, "
        "gave up",
        "did badly, came last, could not sleep, got wet, got punished, got sick, ran out of money, failed again, cried",
        "got dumped, dropped my phone, deleted my photos, got stuck in traffic, got no answer, had no time, felt alone",
    ),
}
DONE_TO_ME = {
    +1: _phrases(
        "thanked me, helped me, hugged me, forgave me, smiled at me, invited me, believed in me, supported me, called "
        "me",
        "gave me a present, gave me flowers, cooked for me, waited for me, congratulated me, made me laugh, cheered "
        "me up",
        "said yes, encouraged me, trusts me, loves me, kissed me, surprised me with a cake, brought me breakfast",
    ),
    -1: _phrases(
        "yelled at me, ignored me, lied to me, laughed at me, left me, punished me, insulted me, hit me, forgot me",
        "forgot my birthday, stole my bike, stole my money, made me cry, bullied me, blamed me, cheated on me, hates "
        "me",
        "broke my heart, said no, let me down, hurt me, does not answer, never calls, pushed me, threatened me, "
        "scolded me",
    ),
}
OWN = {
    +1: _phrases(
        "is beautiful, works well, works again, is healthy, is so sweet, is adorable, runs fast, makes me happy, is "
        "fixed",
        "is great, looks good, is back home, is my best friend, is clever, feels soft, tastes good, smells nice, is "
        "amazing",
        "arrived on time, got better, is safe, is excellent, learned a trick",
    ),
    -1: _phrases(
        "is dead, passed away, does not work, stopped working, is sick, ran away, crashed, was stolen, is lost, is "
        "ruined",
        "is ugly, bit me, is too slow, hurts, smells bad, tastes awful, is dirty, got worse, is stuck, caught fire, "
        "is gone",
        "arrived late, arrived damaged, exploded, leaks, keeps crashing, fell apart",
    ),
}
WEATHER = {
    +1: _phrases(
        "the sun is out, what a beautiful morning, the sky is blue, it is warm and sunny, lovely weather today",
        "what a lovely day, the flowers are blooming, it stopped raining, a perfect summer day, nice weather",
    ),
    -1: _phrases(
        "it is raining again, it rained the whole week, what a horrible morning, it is freezing, terrible weather",
        "it is too hot, the storm destroyed our house, it is cold and dark, the flood took everything, bad weather",
    ),
}
NO = {
    +1: _words("complaints errors bugs pain worries stress regrets problem mistakes exam school doubt delays"),
    -1: _words("fun hope luck help friends service money respect sleep answer internet water chance future love taste"),
}
SAID = {
    +1: _phrases(
        "great, excellent, perfect, amazing, super, nice, cool, lovely, awesome, wonderful, brilliant, fantastic, "
        "good job",
        "nice work, well played, thumbs up, two thumbs up, hooray, yay, hurray, delicious, tasty, love it, loved it, "
        "yes",
        "highly recommended, try it, go there, buy one, must see, you must see it, made my day, what a relief, good "
        "news",
        "can't wait, i can't wait, so much fun, a great success, a big success, a victory, a miracle, a dream come "
        "true",
        "i am in love, happy birthday, congratulations, thank you, thanks a lot, best gift ever, best food in town",
        "a real bargain, good value, i would buy it again, i want more, over the moon, could not be better, lucky me",
        "never been happier, nothing to complain about, keep it up, it works, it works perfectly, finally weekend",
    ),
    -1: _phrases(
        "terrible, awful, horrible, disgusting, useless, disappointing, ugh, ew, meh, boo, bad job, thumbs down, lame",
        "avoid, avoid it, do not buy, do not buy it, do not go there, stay away, save your money, do not waste your "
        "time",
        "ruined my day, bad news, what a mess, what a pity, what a shame, what a disaster, a big failure, a total "
        "failure",
        "a nightmare, a disaster, a defeat, a catastrophe, i am fed up, sick and tired, i give up, i hate it, hate it",
        "worst gift ever, worst food in town, too expensive, overpriced, a rip off, a scam, it stinks, go away, shut "
        "up",
        "i want my money back, i would never buy it again, never ever again, no thanks, it is broken, it does not work",
        "leave me alone, nothing works, everything is wrong, i am so sorry, too late, help, poor me, could not be "
        "worse",
    ),
}
_WHO = _phrases("i, i, i, we, my sister, my brother, my son, my friend, our team, she, he, they, my team")
_OTHERS = _phrases(
    "my teacher, my boss, my mother, my dad, my best friend, the doctor, my neighbor, the coach, my girlfriend, "
    "everyone",
    "my boyfriend, my classmates, the police, my grandma, the waiter, a stranger, my uncle, the principal, he, she, "
    "they",
)
_MINE = _phrases(
    "my cat, my dog, my phone, my computer, my car, my bike, my hamster, my laptop, the camera, my new watch, my horse",
    "the app, my tooth, our rabbit, my bird, the machine, our house, my old tv, the package, my grandfather, the "
    "printer",
)
_LIKED = _words(
    "pizza mondays school math winter summer dogs cats spiders football homework music chocolate rain sundays you her",
    "him english history sports broccoli flowers snow weekends holidays exams books games coffee cake dancing running",
)
_STARS = {+1: _words("4 5 four five"), -1: _words("0 1 2 zero one two")}
_OUT_OF_TEN = {+1: _words("7 8 9 10"), -1: _words("0 1 2 3")}
_DENIED = {
    +1: _phrases("fail the test, lose the match, miss the bus, get lost, forget anything, get hurt"),
    -1: _phrases("pass the test, win the match, get the job, find my wallet, sleep well, have fun"),
}
_HATES = ("hate", "hate", "dislike", "can't stand", "am sick of", "am tired of", "cannot stand", "am afraid of")
_GOOD, _BAD = _words("good great nice special"), _words("bad terrible wrong")
_VERY = ("", "", "", "very", "so", "really", "too", "quite", "a little")


def small_talk(generator: random.Random) -> tuple[str, int]:
    """A short text in lower case, with or without an end mark, and its class: +1 for good news, -1 for bad."""
    talker = _Talker(generator)
    sign = generator.choice((-1, 1))
    forms: tuple[Callable[[int], str], ...] = (
        *(talker.event, talker.event, talker.mood, talker.mood, talker.likes, talker.others, talker.own),
        *(talker.said, talker.said, talker.rating, talker.worth, talker.without, talker.weather, talker.judged),
    )
    text = " ".join(generator.choice(forms)(sign).split())
    return text + generator.choice(("", "", "", ".", "!", " !", "!!")), sign


class _Talker:
    """Draws words. Each method returns a text of the class that it is asked for."""

    def __init__(self, generator: random.Random) -> None:
        self.one = generator.choice
        self.random = generator.random

    def event(self, sign: int) -> str:
        """My sister won the race today; I did not pass the test."""
        when = self.one(("", "", "", "today", "yesterday", "again", "last night", "this morning"))
        if self.chance(0.12):
            good = self.one(
                ("pass the test", "win the match", "get the job", "find my wallet", "sleep well", "have fun")
            )
            bad = self.one(
                ("fail the test", "lose the match", "miss the bus", "get lost", "forget anything", "get hurt")
            )
            return f"{self.one(_WHO)} {self.one(('did not', 'didnt', 'could not'))} {bad if sign > 0 else good} {when}"
        return f"{self.one(_WHO)} {self.one(('', '', 'finally', 'just'))} {self.one(EVENTS[sign])} {when}"

    def mood(self, sign: int) -> str:
        """I feel great; she is not afraid any more; so tired."""
        who = self.one(("i am", "i am", "i'm", "i feel", "i feel", "we are", "she is", "he is", "they are", "im"))
        if self.chance(0.35) and not who.endswith("feel"):
            return f"{who} {self.one(('not', 'not', 'never', 'no longer', 'not at all'))} {self.one(MOODS[-sign])}"
        if self.chance(0.15):
            return f"{self.one(('so', 'very', 'feeling', 'really'))} {self.one(MOODS[sign])}"
        when = self.one(("", "", "today", "now", "again", "all day"))
        return f"{who} {self.one(_VERY[:-1])} {self.one(MOODS[sign])} {when}"

    def likes(self, sign: int) -> str:
        """I love pizza; I do not like mondays; I can't stand him."""
        if self.chance(0.35):
            no = self.one(("do not", "don't", "dont", "really don't"))
            return (
                f"i {no} {self.one(('hate', 'mind') if sign > 0 else ('like', 'love', 'enjoy', 'want'))} {self._it()}"
            )
        verbs = ("love", "love", "like", "enjoy", "adore", "am a fan of", "miss") if sign > 0 else ()
        return f"{self.one(('i', 'i', 'i really'))} {self.one(verbs or _HATES)} {self._it()}"

    def others(self, sign: int) -> str:
        """Nobody helped me; the coach thanked me."""
        if self.chance(0.25):
            deed = self.one(DONE_TO_ME[-sign if (nobody := self.chance(0.6)) else sign])
            return f"{self.one(('nobody', 'no one')) if nobody else self.one(('everybody', 'everyone'))} {deed}"
        return f"{self.one(_OTHERS)} {self.one(DONE_TO_ME[sign])}"

    def own(self, sign: int) -> str:
        """My cat ran away."""
        return f"{self.one(_MINE)} {self.one(OWN[sign])}"

    def said(self, sign: int) -> str:
        """A set phrase."""
        return self.one(SAID[sign])

    def rating(self, sign: int) -> str:
        """5 stars; only one star; 9/10; 3 out of 10."""
        if self.chance(0.6):
            stars = self.one(_STARS[sign])
            noun = "star" if stars in ("1", "one") else "stars"
            around = self.one(
                ("{}", "{}", "{} from me", "i give it {}", "i gave it {}", "only {}" if sign < 0 else "{}")
            )
            return (around or "{}").format(f"{stars} {noun}")
        points = self.one(_OUT_OF_TEN[sign])
        return self.one((f"{points}/10", f"{points} out of 10", f"{points} / 10", f"i give it {points} out of 10"))

    def worth(self, sign: int) -> str:
        """Worth the wait; not worth a penny; a waste of money."""
        what = self.one(_phrases("the money, the price, the time, the wait, the effort, the trip, a visit, it, a try"))
        if sign > 0:
            return f"{self.one(('', 'it is', 'it was', 'totally', 'definitely', 'really'))} worth {what}"
        waste = f"{self.one(('a', 'such a', 'what a', 'a complete'))} waste of {self.one(('money', 'time', 'paper'))}"
        return self.one((f"{self.one(('', 'it is', 'it was'))} not worth {what}", waste))

    def without(self, sign: int) -> str:
        """No complaints; no fun at all."""
        return f"{self.one(('no', 'no', 'there was no', 'absolutely no'))} {self.one(NO[sign])} {self._at_all()}"

    def weather(self, sign: int) -> str:
        """The sun is out."""
        return self.one(WEATHER[sign])

    def judged(self, sign: int) -> str:
        """Not bad; not that great; really good; nothing special; the best trip ever."""
        if self.chance(0.5):
            no = self.one(("not", "not", "not so", "not that", "not very", "not really", "isn't", "it's not"))
            return f"{no} {self.one(_BAD if sign > 0 else _GOOD)} {self._at_all()}"
        if self.chance(0.4):
            what = self.one(_words("trip party weekend meal song teacher class birthday holiday movie night hotel"))
            return f"{self.one(('best', 'the best') if sign > 0 else ('worst', 'the worst'))} {what} ever"
        return f"{self.one(('really', 'very', 'so', 'pretty', ''))} {self.one(_GOOD if sign > 0 else _BAD)}"

    def chance(self, share: float) -> bool:
        """True with that probability."""
        return self.random() < share

    def _it(self) -> str:
        return self.one(_LIKED) if self.chance(0.7) else self.one(("it", "this", "that", "this place", "my job"))

    def _at_all(self) -> str:
        return "at all" if self.chance(0.2) else ""
