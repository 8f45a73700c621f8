"""What a class may type between two sentences, at any length: sentences of our own, in several manners."""

from itertools import cycle, islice

ENGLISH = {
    "a detective": 'Mr. Harding put down his pipe, and looked at the muddy boots of our visitor. "You came by the '
    'seven o\'clock train," he remarked, "and you sat beside the window." I have seldom seen a man so astonished; he '
    "turned first red, then white, and begged my friend to explain how he could possibly know it.",
    "a ball": "Nobody in the neighbourhood could talk of anything but the ball. Miss Dalton, who had danced with the "
    "colonel twice, was thought by every mother to be too proud, and by every daughter to be too pretty; her aunt only "
    "observed that a good fortune forgives a great deal.",
    "a play": "What ho, good cousin! Speak, and speak thou true: who knocketh at my gate so late, and why? The king is "
    "dead, my lord, and all his men are fled into the night; O heavy hour, that e'er I lived to tell!",
    "school": "Today we had maths, then a really long break because the teacher was ill, so we played cards and ate "
    "crisps. My phone fell in the sink (again!) and now it's in a bag of rice.",
    "unknown words": "yesterday my hamster ate 3 pizzas & watched football on TV lol, then WiFi broke",
}
CHINESE = {
    "下雪": "那天清早下了大雪，院子里的老槐树压断了一根枝子，祖母站在门口，望了很久也不说一句话。"
    "炉上的水开了，白气慢慢地升上去，屋里才有了一点暖意。",
    "侦探": "老陈放下烟斗，看了看客人的靴子，说：“您是坐七点的火车来的，而且坐在窗边。”"
    "那人吃了一惊，半天才问他是怎么知道的。",
    "everyday": "昨天我和同学去看了一场足球比赛，下雨了，大家都淋湿了，可是还是很开心！"
    "晚上回家吃了火锅，然后做作业到十一点。",
    "unknown characters": "ＷiFi坏了，甪龘靐齉爩，OK 666",
}


def of_length(text: str, pieces: int, space: str) -> str:
    """So many words (or, with no space, characters) of a text, which begins anew where it ends."""
    return space.join(islice(cycle(text.split() if space else text), pieces))
