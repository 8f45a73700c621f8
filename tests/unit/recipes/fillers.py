"""What a class may type between two sentences, at any length: other books than those of training, and everyday talk."""

from itertools import cycle, islice

ENGLISH = {
    "Sherlock Holmes": "To Sherlock Holmes she is always the woman. I have seldom heard him mention her under any "
    "other name. In his eyes she eclipses and predominates the whole of her sex. It was not that he felt any emotion "
    "akin to love for Irene Adler.",
    "Pride and Prejudice": "It is a truth universally acknowledged, that a single man in possession of a good fortune, "
    "must be in want of a wife. However little known the feelings or views of such a man may be on his first entering "
    "a neighbourhood, this truth is so well fixed in the minds of the surrounding families.",
    "Alice": "Alice was beginning to get very tired of sitting by her sister on the bank, and of having nothing to do: "
    "once or twice she had peeped into the book her sister was reading, but it had no pictures or conversations in it, "
    '"and what is the use of a book," thought Alice "without pictures or conversations?"',
    "unknown words": "yesterday my hamster ate 3 pizzas & watched football on TV lol, then WiFi broke",
}
CHINESE = {
    "故乡": "我冒了严寒，回到相隔二千余里，别了二十余年的故乡去。时候既然是深冬；渐近故乡时，天气又阴晦了，"
    "冷风吹进船舱中，呜呜的响，从篷隙向外一望，苍黄的天底下，远近横着几个萧索的荒村，没有一些活气。",
    "背影": "那年冬天，祖母死了，父亲的差使也交卸了，正是祸不单行的日子。",
    "everyday": "昨天我和同学去看了一场足球比赛，下雨了，大家都淋湿了，可是还是很开心！"
    "晚上回家吃了火锅，然后做作业到十一点。",
    "unknown characters": "ＷiFi坏了，甪龘靐齉爩，OK 666",
}
"""Lu Xun, Hometown (1921); Zhu Ziqing, The View of His Back (1925); and two of our own."""


def of_length(text: str, pieces: int, space: str) -> str:
    """So many words (or, with no space, characters) of a text, which begins anew where it ends."""
    return space.join(islice(cycle(text.split() if space else text), pieces))
