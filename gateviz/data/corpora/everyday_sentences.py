"""Everyday sentences, written by hand, on which classifiers are measured. They belong to no corpus. No torch.

They are reviews of things other than films, everyday talk, negations, and sentences with "but". None is trained on, and
no setting was chosen by them. A card gives the accuracy on them beside the figure on texts of the corpus. They are few:
one more right answer is worth two and a half points.
"""

from gateviz.data.corpora import typed_in_class
from gateviz.data.corpora.typed_in_class import ByClass

SENTIMENT: ByClass = {
    "negative": (
        *("It was not good.", "I did not enjoy a single minute of it.", "Not worth the price.", "I expected more."),
        *("The food was cold and the waiter was rude.", "I don't think anyone should pay for this."),
        *("My new headphones broke after two days.", "The hotel room smelled of smoke.", "Extremely disappointing."),
        *("This is the worst phone I have ever owned.", "The beginning was fine, but the ending ruined everything."),
        *("Nothing in this book surprised me.", "She was not a convincing villain.", "It never gets interesting."),
        *("The service isn't very friendly.", "I was so bored that I left early.", "Great actors, terrible script."),
        *("The battery hardly lasts an hour.", "We won't be coming back.", "Nobody in the room laughed."),
    ),
    "positive": (
        *(
            "It was not bad at all.",
            "I really liked this one.",
            "You won't regret buying this.",
            "Absolutely fantastic.",
        ),
        *("The soup was delicious and the staff were kind.", "I couldn't stop reading.", "Better than I expected."),
        *("This camera takes lovely pictures.", "The room was clean and quiet.", "Best concert of my life!"),
        *("It starts slowly, but the second half is brilliant.", "There isn't a dull moment in it."),
        *("She gives a remarkable performance.", "Everybody was very friendly and helpful."),
        *("I have never laughed so hard.", "My kids loved every minute.", "I can't recommend it enough."),
        *("The plot is simple, but the film has a big heart.", "A perfect gift for anyone who loves music."),
        "We will definitely come back.",
    ),
}

WEIBO: ByClass = {
    "negative": (
        *("我不喜欢这部电影。", "今天一点都不开心。", "这家店的菜不好吃。", "服务态度太差了。", "这本书没什么意思。"),
        *("我再也不会来了。", "排了两个小时的队，累死了。", "手机又坏了，真烦人。", "他说的话让我很生气。"),
        *("一个人在家好无聊啊。", "考试没考好，心里很难受。", "天气不好，心情也不好。", "完全不值这个价钱。"),
        *("虽然画面很美，但是故事太无聊了。", "我并不觉得这个笑话好笑。", "房间又小又脏。", "真后悔买了它。"),
        *("最近压力好大，总是睡不着。", "没有人记得我的生日。", "这个结局让人失望。"),
    ),
    "positive": (
        *("我很喜欢这部电影。", "今天真是美好的一天！", "这家店的菜很好吃。", "老师对我们特别好。", "下次还想再来。"),
        *("这本书不错，值得一看。", "终于放假了，太棒了！", "收到礼物，好惊喜！", "他的笑容让我觉得很温暖。"),
        *("和朋友们一起吃饭真快乐。", "我不难过。", "这次旅行没有让我失望。", "虽然很累，但是很开心。"),
        *("价格不贵，质量也好。", "我从来没有这么高兴过。", "房间干净又舒服。", "恭喜你考上大学！"),
        *("祝大家新年快乐，身体健康。", "孩子们玩得很开心。", "这首歌真好听，听多少遍都不会腻。"),
    ),
}

INTENT: ByClass = {
    "alarm": ("get me up at half past six", "I need to be awake by 5 am", "set an alarm for 9 on sunday"),
    "calculator": ("what's 144 divided by 12", "add 56 and 89", "square root of 81?"),
    "date": ("what's the date tomorrow", "which day of the month is it", "Do you know today's date?"),
    "goodbye": ("see you tomorrow", "good night, I'm off to bed", "take care, bye bye"),
    "greeting": ("Hello!", "good morning, how are you doing", "hey there, how's it going?"),
    "next_song": ("I don't like this song, play another one", "go to the next tune", "skip"),
    "play_music": ("put on some Beatles", "I want to hear something relaxing", "play my workout playlist"),
    "smart_home": ("switch the bedroom lamp on", "turn the heating down to 18 degrees", "lock the front door"),
    "tell_joke": ("tell me something funny", "got any good jokes about cats?", "say something that makes me laugh"),
    "thank_you": ("thanks, that was helpful", "I really appreciate it", "cheers mate, thank you"),
    "time": ("What's the time now?", "have you got the time", "what time is it in London right now"),
    "timer": (
        "timer for ten minutes please",
        "remind me when 3 minutes are over",
        "set a 20 minute timer for the pasta",
    ),
    "traffic": (
        "Is the highway busy this morning?",
        "how long will it take to get to the airport with this traffic",
        "any accidents on my way home",
    ),
    "translate": (
        "what's 'thank you' in Japanese?",
        "translate good evening into Spanish",
        "how would a German say cheese",
    ),
    "weather": (
        "Do I need an umbrella today?",
        "is it sunny in Madrid",
        "what's the temperature going to be this weekend",
    ),
}


def is_everyday(text: str) -> bool:
    """Whether a text is one of these or of `typed_in_class`, ignoring marks and capitals. No training text may be."""
    return _bare(text) in _ALL


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


_TYPED = (typed_in_class.SENTIMENT, typed_in_class.WEIBO, typed_in_class.INTENT)
_ALL = frozenset(
    _bare(text) for task in (SENTIMENT, WEIBO, INTENT, *_TYPED) for sentences in task.values() for text in sentences
)
