"""Wishes in short words, generated from a seed, such as "don't play music, tell me the time".

    wish(random.Random(0))            # ("not an alarm, a timer please", "timer")

The texts of CLINC each ask for one thing in a sentence. Here are the shortest wordings, greetings, and two wishes of
which one is denied: a text without its "don't" would mean something else.
"""

import random
from typing import NamedTuple


def _phrases(*lines: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in "|".join(lines).split("|"))


class Wish(NamedTuple):
    """How one thing is asked for."""

    named: tuple[str, ...]
    """What is wished for, as after "not" or "I want"; empty if it is nothing that one can want."""
    done: tuple[str, ...]
    """What somebody should do, as after "don't" or "please"."""
    asked: tuple[str, ...]
    """Whole short texts."""


WISHES: dict[str, Wish] = {
    "alarm": Wish(
        _phrases("an alarm|the alarm|a wake up call|an alarm for six"),
        _phrases("set an alarm|wake me up|wake me up at eight|set the alarm for noon|get me out of bed"),
        _phrases("wake me at seven|alarm at six|alarm for 5 am|new alarm|wake me up early|i have to get up at 6|alarm")
        + _phrases("make sure i am up by ten|i must not oversleep|i need to get up early|wake up call at 7 please")
        + _phrases("i want to be awake at six|don't let me oversleep|alarm tomorrow at 8|set my alarm to 7 30"),
    ),
    "calculator": Wish(
        _phrases(
            "the sum|a calculation|the square root of 9|half of 50|the product|a calculator|the result of 3 times 4"
        ),
        _phrases(
            "add 3 and 4|multiply 6 by 7|divide 20 by 5|calculate 12 minus 5|do the math|work out 15 percent of 80"
        ),
        _phrases("1 + 1|3 * 5|8 - 2|9 / 3|what is 6 times 9|10 minus 3|how much is 5 plus 6|12 divided by 4|3 x 3")
        + _phrases("what's half of 30|a quarter of 100|how much is a fifth of 60|twenty percent of 50|5 squared|40 + 2")
        + _phrases("what is the square root of 16|how much is two plus three|what do 8 and 9 make|100 minus 1"),
    ),
    "date": Wish(
        _phrases("the date|the day|the day of the week|the month"),
        _phrases("tell me the date|tell me what day it is|say the date|look up the date|check the calendar"),
        _phrases("the date please|what date is it|what's the day|which day is today|date|is it monday|what month is it")
        + _phrases("is today friday|which date do we have|what is today|tell me the day|today is what day|date today")
        + _phrases("what day of the week is it|what's the date on friday|which year is it"),
    ),
    "goodbye": Wish(
        (),
        _phrases("say goodbye|say bye|wave goodbye|leave"),
        _phrases("goodbye|bye bye|see you|see you soon|farewell|good night everyone|have a nice day|take care|ciao")
        + _phrases("i'm leaving|i have to leave|talk to you tomorrow|until next time|so long|i am going to bed|later")
        + _phrases("see you next week|it was nice talking to you|night|catch you later|i'm off|have a good weekend"),
    ),
    "greeting": Wish(
        (),
        _phrases("say hello|say hi|greet me"),
        _phrases("hello|hi there|hey|hello there|good day|good afternoon|greetings|howdy|hey you|nice to meet you")
        + _phrases("how are you|how are you today|what's up|how is it going|how do you do|hi how are you|morning")
        + _phrases("pleased to meet you|hello my friend|good to see you|hiya|long time no see|good morning everyone")
        + _phrases("a very good morning|good evening everyone|hello how are you this morning|morning how are you"),
    ),
    "next_song": Wish(
        _phrases("the next song|another song|a different song|the next track|another tune"),
        _phrases("skip this song|go to the next song|skip it|change the song|play the next one|skip the track|move on"),
        _phrases(
            "next song|next track|skip this|skip|another song|i am tired of this song|not this song again|next one"
        )
        + _phrases("i don't like this track|this song is awful, next|something else please|change the track|new song")
        + _phrases("this tune is boring|skip ahead|on to the next one|i can't stand this song, skip"),
    ),
    "play_music": Wish(
        _phrases("music|some music|a song|a playlist|jazz|rock|pop music|a love song|classical music|the radio"),
        _phrases(
            "play music|play a song|put on some music|play some jazz|start the playlist|play rock|sing|play the radio"
        )
        + _phrases("play my favorite song|turn on the music|put on a record"),
        _phrases("music please|play some pop|some jazz please|i want music|let's hear a song|play mozart|put on queen")
        + _phrases(
            "i'd like some rock|play something for dancing|music|start the music|can i hear some hip hop|play abba"
        ),
    ),
    "smart_home": Wish(
        _phrases("the lights|the lamp|the heating|the light in the kitchen|the tv|the air conditioning"),
        _phrases("turn on the lights|switch off the lamp|turn off the heating|turn up the heating|dim the lights")
        + _phrases(
            "close the blinds|lock the door|turn off the tv|switch on the fan|open the garage|turn the lights on"
        ),
        _phrases(
            "lights on|light off please|lamp on|it is too cold in here, turn on the heating|make the room brighter"
        )
        + _phrases(
            "heating on|it's so dark, lights please|switch everything off|kitchen lights off|set the room to 20 degrees"
        )
        + _phrases("it is too bright, dim the lamp|i am cold, turn up the heat|turn off all lamps|door locked please"),
    ),
    "tell_joke": Wish(
        _phrases("a joke|a funny joke|jokes|something funny|another joke"),
        _phrases("tell a joke|tell me a joke|make me laugh|tell jokes|say something funny|be funny|cheer me up"),
        _phrases(
            "joke please|a funny one please|do you know a joke|another joke please|i need a laugh|joke|i want to laugh"
        )
        + _phrases("say something silly|entertain me with a joke|one more joke|i'm sad, tell me something funny"),
    ),
    "thank_you": Wish(
        (),
        _phrases("say thanks|thank me|say thank you"),
        _phrases(
            "thank you|thanks so much|thanks a million|thx|that was very kind|great, thanks|ok thanks|cheers|thank u"
        )
        + _phrases("i am grateful|much appreciated|thank you for everything|you are so helpful|thanks for the help|ty")
        + _phrases("thanks, that's all|perfect, thank you|you helped me a lot|that is so kind of you|awesome thanks"),
    ),
    "time": Wish(
        _phrases("the time|the hour|the time in tokyo"),
        _phrases("tell me the time|say what time it is|look at the clock|check the clock|tell me what hour it is"),
        _phrases("time please|what time is it|what's the time|what hour is it|how late are we|is it noon yet|clock")
        + _phrases("what does the clock say|is it late|the time now|what time do we have|got the time|current time")
        + _phrases("is it already six|how late have we got it|what's the time in paris|time"),
    ),
    "timer": Wish(
        _phrases("a timer|the timer|a timer for two minutes|a countdown"),
        _phrases("start a timer|set a timer|set a timer for 10 minutes|count down from 20|start the countdown|time me"),
        _phrases(
            "timer please|10 minutes timer|timer for 3 minutes|countdown|start counting|1 hour timer|count 5 minutes"
        )
        + _phrases("tell me when five minutes are over|beep in 2 minutes|egg timer|two minutes please|timer 30 seconds")
        + _phrases("let me know when ten minutes have passed|count thirty seconds"),
    ),
    "traffic": Wish(
        _phrases("the traffic|the traffic report|traffic news|the situation on the road"),
        _phrases(
            "check the traffic|tell me about the traffic|look at the roads|show me the traffic|find out about jams"
        ),
        _phrases("traffic please|is there a jam|how is the traffic|are the streets full|is the road free|traffic jams")
        + _phrases(
            "is the motorway busy|how busy are the roads today|any jams|are there accidents on the road|traffic now"
        )
        + _phrases(
            "how long to the office by car|will i be stuck in traffic|is it busy on the streets|is the bridge free"
        ),
    ),
    "translate": Wish(
        _phrases("a translation|the french word|the word in spanish|a translation into german"),
        _phrases(
            "translate hello|translate this into french|say cat in spanish|tell me the german word|translate a word"
        ),
        _phrases(
            "cat in spanish|what is water in italian|how do i say yes in french|bread in german|translation please"
        )
        + _phrases(
            "what does hola mean|what does merci mean in english|love in japanese|what is adios|house in chinese"
        )
        + _phrases("friend in russian please|how do you say thanks in korean|what does danke mean|spanish for tree"),
    ),
    "weather": Wish(
        _phrases("the weather|the forecast|the weather report|the temperature|the weather in berlin"),
        _phrases("tell me the weather|check the weather|look up the forecast|show me the weather|say if it rains"),
        _phrases(
            "weather please|is it raining|is it warm|how warm is it|weather today|will it snow|do i need a coat|rain"
        )
        + _phrases(
            "how hot is it in rome|is it windy|will there be sun|what's it like outside|is it going to rain|weather"
        )
        + _phrases("is it freezing|how cold will it get tonight|should i take an umbrella|will there be a storm"),
    ),
}

_NOT = ("don't", "don't", "do not", "dont", "please don't", "no, don't", "you should not")
_PLEASE = ("", "", "", "please", "can you", "could you", "i want you to", "would you", "just")
_BETWEEN = (", ", ", ", ", ", " but ", ", instead ", ". ", "; ", " ")


def wish(generator: random.Random) -> tuple[str, str]:
    """A text in lower case, and the name of its intent."""
    one, chance = generator.choice, generator.random
    intent = one(tuple(WISHES))
    wanted = WISHES[intent]
    if chance() < 0.45:
        text = one(wanted.asked) if chance() < 0.75 else _please(generator, wanted)
        return (f"{text} please" if chance() < 0.08 else text), intent
    return _two(generator, wanted, WISHES[one([name for name in WISHES if name != intent])]), intent


def _two(generator: random.Random, wanted: Wish, denied: Wish) -> str:
    """Two wishes, of which one is denied."""
    one, form = generator.choice, generator.random()
    asked = one(wanted.asked) if generator.random() < 0.5 else _please(generator, wanted)
    if form < 0.4 or not denied.named:
        no = f"{one(_NOT)} {one(denied.done)}"
        if generator.random() < 0.25:
            return f"{asked}{one((', ', ' but ', ', and '))}{no}"
        return f"{no}{one(_BETWEEN)}{asked}"
    name = one(denied.named)
    if form < 0.6 and wanted.named:
        want = one(wanted.named)
        return one(
            (
                *(f"not {name}, {want} please", f"i want {want}, not {name}", f"no {name}, {want}"),
                *(f"i don't want {name}, i want {want}", f"{want} please, not {name}", f"{want} instead of {name}"),
            )
        )
    start = one(
        (
            *("never mind", "forget", "forget about", "i don't need", "i don't want", "no need for", "not", "stop"),
            *("cancel", "enough of", "i didn't ask for", "i am not interested in", "leave", "instead of"),
        )
    )
    return f"{start} {name}{one((', ', ', ', ' and ', ', just ', '. '))}{asked}"


def _please(generator: random.Random, wanted: Wish) -> str:
    """Somebody is asked to do it."""
    return f"{generator.choice(_PLEASE)} {generator.choice(wanted.done)}".strip()
