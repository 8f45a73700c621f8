"""What a class types, written by hand, on which models are measured. It belongs to no corpus, and needs no torch.

None of it is trained on, and no setting was chosen by it. A card gives the figure on it beside that on held-out data.
It was written before the recipes that it measures.
"""

from collections.abc import Mapping

ByClass = Mapping[str, tuple[str, ...]]
"""The name of a class -> what is typed."""

SENTIMENT: ByClass = {
    "negative": (
        *("bad", "not good", "not great", "never again", "1 star", "two stars", "zero stars", "0/10", "boring"),
        *(
            "not worth the money",
            "I failed my exam",
            "my dog died",
            "I lost my keys",
            "I am so tired",
            "I hate Mondays",
        ),
        *("I feel sick today", "it rained all day", "nobody came to my party", "worst day ever", "this sucks"),
        *("I don't like it", "I am not happy", "we lost the game", "don't buy this", "a complete failure", "yuck"),
        *("the teacher shouted at me", "my phone is broken", "I cried all night", "too much homework"),
    ),
    "positive": (
        *("good", "not bad", "not bad at all", "well done", "5 stars", "four stars", "10/10", "worth the money"),
        *("I passed my exam", "my dog is so cute", "I found my keys", "I slept very well", "I love Fridays", "yummy"),
        *("I feel great today", "the sun is shining", "everyone came to my party", "best day ever", "this rocks"),
        *("I like it", "I am not sad", "we won the game", "buy it", "a complete success", "no problems at all", "wow"),
        *("the teacher praised me", "my new phone works perfectly", "we laughed all night", "no homework today"),
    ),
}

WEIBO: ByClass = {
    "negative": (
        *("难过", "不好", "我讨厌你", "一星", "差评", "不值得买", "考试不及格", "我的狗死了", "钥匙丢了", "好累"),
        *("今天下大雨", "没有人理我", "我们输了比赛", "我生病了", "不要买", "我想哭", "作业太多了", "老师骂我了"),
        *("被骗了", "心情很差", "我不高兴", "我失业了", "吵架了", "太难了", "我很孤独", "饭太难吃了", "又堵车了"),
        *("他离开了我", "没考上大学", "世界太不公平"),
    ),
    "positive": (
        *("开心", "不错", "我爱你", "五星", "好评", "值得买", "考试通过了", "我的狗很可爱", "钥匙找到了", "睡得真香"),
        *("今天阳光明媚", "大家都来帮我", "我们赢了比赛", "我的病好了", "快去买", "我想笑", "今天没有作业"),
        *("老师表扬我了", "中奖了", "心情很好", "我爱中国", "我找到工作了", "和好了", "太简单了", "我不孤独"),
        *("饭太好吃了", "一路畅通", "他回来了", "考上大学了", "世界真美好"),
    ),
}

INTENT: ByClass = {
    "alarm": ("wake me at 6", "don't let me sleep past nine", "cancel the music and set an alarm for 7"),
    "calculator": ("2 + 2", "7 times 8", "how much is a third of 90"),
    "date": ("today's date", "what day is it", "not the time, the date please"),
    "goodbye": ("bye", "good night", "see you later"),
    "greeting": ("good morning", "good evening", "hi"),
    "next_song": ("next", "I hate this one, skip it", "not this song, the next one"),
    "play_music": ("play music", "don't tell me a joke, play a song", "some rock music please"),
    "smart_home": (
        "lights off",
        "it is too dark in here, turn on the lamp",
        "don't set a timer, switch on the heating",
    ),
    "tell_joke": ("a joke please", "don't play music, tell me a joke", "I am bored, make me laugh"),
    "thank_you": ("thanks", "thank you very much", "many thanks"),
    "time": ("the time please", "how late is it", "never mind the date, what time is it"),
    "timer": ("5 minutes timer", "I don't need an alarm, start a timer", "count ten minutes"),
    "traffic": ("are the roads busy", "don't tell me the weather, how is the traffic", "traffic to work"),
    "translate": ("dog in French", "what does bonjour mean", "hello in Chinese please"),
    "weather": ("don't play music, tell me the weather", "is it cold", "will there be snow tonight"),
}

AGREEMENT = (
    *("The students | are | is", "The news | is | are", "My sister | likes | like", "My parents | live | lives"),
    *("The boy with the blue shoes | is | are", "The girls in the picture | are | is", "She | plays | play"),
    *("The computer on the tables | is | are", "The bananas in the basket | are | is", "We | have | has"),
    *("The students in the classroom | are | is", "The teacher of the students | is | are", "They | go | goes"),
    *("The cars near the church | are | is", "The elephants at the zoo | eat | eats", "My phone | is | are"),
    *("The dragon behind the mountains | sleeps | sleep", "The robots that the boy built | are | is"),
    *("The sandwich that the children ate | was | were", "The pizza with the mushrooms | tastes | taste"),
    *("Our homework | is | are", "The football players | run | runs", "The mathematics teacher | explains | explain"),
    *("The people in this country | speak | speaks", "The children who love the dog | are | is"),
    *("The dog that the children love | is | are", "A box of chocolates | is | are", "Nobody | knows | know"),
    *("The leaves on the tree | are | is", "The wolf that chases the sheep | is | are", "Tom and Anna | are | is"),
    *("Tom | is | are", "The police | are | is", "The keys to the old wooden cabinet | are | is", "I | am | is"),
    *("The mice in the kitchen | were | was", "The windows of the house | were | was", "The women | work | works"),
    *("The prince with the golden horses | rides | ride", "The guitars in the shop | cost | costs"),
    *("One of the students | is | are", "The bikes that my uncle sells | are | is", "Each of them | has | have"),
    *("The author of the books that I like | lives | live", "The flowers in the vase | smell | smells"),
    *("The planets around the sun | move | moves", "The zorbs | are | is", "The zorb near the glips | is | are"),
    *("The scientists who discovered the virus | were | was", "The volcano near the villages | is | are"),
)
"""The beginning of a sentence, the verb that agrees and the one that does not, between bars."""

DATES: Mapping[str, str] = {
    "15 March 2021.": "2021-03-15",
    "15 march 2021": "2021-03-15",
    "March 15th 2021!": "2021-03-15",
    "03/15/21": "2021-03-15",
    "15/03/21": "2021-03-15",
    "15.3.21": "2021-03-15",
    "15-03-2021": "2021-03-15",
    "15-3-21": "2021-03-15",
    "3-15-2021": "2021-03-15",
    "2021-03-15": "2021-03-15",
    "2021 03 15": "2021-03-15",
    "2021/3/15": "2021-03-15",
    "20210315": "2021-03-15",
    "15 Mar '21": "2021-03-15",
    "Mar. 15, 2021": "2021-03-15",
    "monday, 15 march 2021": "2021-03-15",
    "It is 15 March 2021": "2021-03-15",
    "the fifteenth of March 2021": "2021-03-15",
    "15th march, 2021": "2021-03-15",
    "2021年3月15日": "2021-03-15",
    "2021年03月15号": "2021-03-15",
    "二〇二一年三月十五日": "2021-03-15",
    "二零二一年三月十五号": "2021-03-15",
    "21年3月15日": "2021-03-15",
    "今天是2021年3月15日": "2021-03-15",
    "2021.03.15": "2021-03-15",
    "july 4th, 1776": "1776-07-04",
    "4 July 1776": "1776-07-04",
    "The 4th of July 1776": "1776-07-04",
    "Dec 25 1999": "1999-12-25",
    "25.12.1999": "1999-12-25",
    "25/12/99": "1999-12-25",
    "12/25/1999": "1999-12-25",
    "29 Feb 2020": "2020-02-29",
    "29.02.2024": "2024-02-29",
    "01.02.2003": "2003-02-01",
    "1 February 03": "2003-02-01",
    "9 Nov 1989": "1989-11-09",
    "11 September 2001": "2001-09-11",
    "Sept. 11, 2001": "2001-09-11",
    "1949年10月1日": "1949-10-01",
    "1949/10/01": "1949-10-01",
    "hello": "",
    "Hello world": "",
    "30 February 2021": "",
    "Feb 30, 2021": "",
    "29 Feb 2021": "",
    "31.04.2020": "",
    "13/13/2013": "",
    "2021-13-01": "",
    "32 January 2020": "",
    "2021年2月30日": "",
    "my birthday": "",
    "March": "",
    "12345": "",
    "tomorrow": "",
    "?": "",
    "你好": "",
    "今天": "",
    "I love pizza": "",
}
"""What is typed -> the date in ISO form; empty if it is none, or a day that does not exist."""
