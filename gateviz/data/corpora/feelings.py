"""Feelings in plain Chinese, generated from a seed, such as 我不讨厌这首歌 and 虽然贵，但是好吃.

    feeling(random.Random(0))            # ("屋子有点旧，但是安静", 1)

The corpus, 1,757 clauses of microblogs, has few negations, and 不 occurs in happy and unhappy clauses equally often. A
few generated clauses among them show how 不, 没有 and 但是 change the meaning.
"""

import random
from collections.abc import Callable


def _words(*lines: str) -> tuple[str, ...]:
    return tuple(" ".join(lines).split())


MOODS = {
    +1: _words("开心 高兴 快乐 幸福 满意 放心 激动 兴奋 轻松 舒服 愉快 自豪 温暖 幸运 欣慰 得意 满足 喜悦"),
    -1: _words("难过 伤心 生气 失望 郁闷 痛苦 害怕 孤单 委屈 后悔 紧张 难受 焦虑 疲惫 尴尬 沮丧 悲伤 烦恼 心痛 绝望"),
}
QUALITIES = {
    +1: _words(
        "好 好看 好吃 好玩 好听 好用 好笑 有趣 精彩 漂亮 可爱 干净 便宜 方便 新鲜 热情 友好 聪明 优秀 完美",
        "安静 美 香 甜 成功 感人 浪漫 舒适 实用 贴心 善良 温柔 顺利 健康 快 亲切",
    ),
    -1: _words(
        "差 难看 难吃 难听 难用 无聊 糟糕 差劲 丑 脏 贵 吵 慢 冷漠 恶心 可怕 粗糙 失败 乏味 乱 旧 笨",
        "臭 烂 坏 麻烦 虚伪 危险 恶劣 讨厌 自私 严重 苦 无情 幼稚 俗",
    ),
}
VERBS = {
    +1: _words("喜欢 爱 欣赏 享受 期待 支持 推荐 感谢 珍惜 佩服"),
    -1: _words("讨厌 恨 反感 怕 担心 怀疑 嫌弃 后悔 批评 抱怨"),
}
POSSESSIONS = {
    +1: _words("希望 惊喜 意义 温暖 自由 信心 朋友 好处 快乐 爱 阳光 收获 味道 创意 笑声 道理 前途 意思 诚意"),
    -1: _words("压力 问题 麻烦 危险 痛苦 错误 眼泪 矛盾 烦恼 谎言 噪音 缺点 坏处 恐惧 困难 遗憾"),
}
THINGS = _words(
    "电影 歌 书 菜 饭 店 房间 衣服 手机 天气 服务 故事 节目 音乐 地方 生活 工作 学校 老师 孩子 朋友 游戏 酒店 老板",
    "画面 质量 声音 演员 结局 价格 环境 态度 礼物 比赛 假期 课 同事 公司 餐厅 空气 风景 蛋糕 咖啡 照片 语言",
    "质地 内容 车 城市 味道",
)
SAYINGS = {
    +1: _words(
        "太好了 哈哈 谢谢你 加油 祝你幸福 生日快乐 运气真好 真是个好消息 爱死了 恭喜恭喜 忍不住笑了 值得",
        "物有所值 棒极了 笑得合不上嘴 好极了 真想再看一遍 么么哒 心里美滋滋的 赞一个 没白来 美好的一天 祝福大家 万岁",
        "令人难忘 终于成功了",
    ),
    -1: _words(
        "烦死了 唉 气死我了 真倒霉 怎么会这样 白花钱了 别买 受不了了 想哭 太过分了 浪费时间 骗人的 眼泪流下来了 上当了",
        "没救了 心都碎了 不如不看 糟透了 没劲 简直是垃圾 让人恶心 怎么办 我要退钱 恨死了 又失败了 无语 太惨了 丢人",
    ),
}
_VERY = ("", "很", "很", "非常", "真", "特别", "太", "好", "挺", "十分", "实在", "确实很", "超", "最")
_NOT = ("不", "不", "不", "并不", "不太", "不是很", "一点也不", "一点都不", "从来不", "根本不", "不够", "不怎么")
_WHICH = ("", "", *_words("这个 这里的 今天的 我们的 这部 这家 这首 这本 他的 那个 我的 这种"))
_WHO = ("我", "我", "我们", "他", "她", "大家", "", "妈妈", "今天我", "孩子们", "我最近")


def feeling(generator: random.Random) -> tuple[str, int]:
    """One or two clauses, with or without an end mark, and their class: +1 for happy, -1 for unhappy."""
    speaker = _Speaker(generator)
    sign = generator.choice((-1, 1))
    forms: tuple[Callable[[int], str], ...] = (speaker.mood, speaker.is_so, speaker.is_so, speaker.likes, speaker.likes)
    more = (speaker.noun, speaker.has, speaker.makes, speaker.done, speaker.turned, speaker.both, speaker.said)
    text = generator.choice(forms + more)(sign)
    return text + generator.choice(("", "", "。", "！", "啊", "，", "~", "！！")), sign


class _Speaker:
    """Draws words. Each method returns a clause of the class that it is asked for."""

    def __init__(self, generator: random.Random) -> None:
        self.one = generator.choice
        self.random = generator.random

    def mood(self, sign: int) -> str:
        """我很开心; 我一点也不难过; 从来没有这么难过."""
        who = self.one(_WHO) + self.one(("", "", "觉得", "心里", "感到"))
        if self.chance(0.45):
            return who + self.one((*_NOT, "没有", "没")) + self.one(MOODS[-sign])
        if self.chance(0.15):
            return who + self.one(("从来没有这么", "从没这样", "从未如此")) + self.one(MOODS[sign]) + "过"
        return who + self.one(_VERY) + self.one(MOODS[sign]) + self.one(("", "", "了", "极了", "得不得了"))

    def is_so(self, sign: int) -> str:
        """这家店很干净; 菜不好吃; 一点都不贵."""
        return self._thing() + self._so(sign)

    def likes(self, sign: int) -> str:
        """我喜欢这首歌; 我不讨厌这首歌; 我不觉得这首歌好听."""
        who, what = self.one(_WHO), self._thing()
        if self.chance(0.15):
            return f"{who}{self.one(('不觉得', '不认为', '并不觉得', '没觉得'))}{what}{self._simply(-sign)}"
        if self.chance(0.5):
            return f"{who}{self.one((*_NOT, '再也不', '没那么'))}{self.one(VERBS[-sign])}{what}"
        return f"{who}{self.one(('', '很', '非常', '真', '最', '好', '特别', '越来越'))}{self.one(VERBS[sign])}{what}"

    def noun(self, sign: int) -> str:
        """真是个好看的地方; 这不是一个好老师."""
        start, thing = self.one(("这", "那", "他", "它", "")), self.one(THINGS)
        if self.chance(0.4):
            no = self.one(("不是", "并不是", "算不上")) + self.one(("", "一个", "什么"))
            return f"{start}{no}{self._of(-sign)}{thing}"
        return f"{start}{self.one(('真是', '是', '绝对是'))}{self.one(('', '一个', '个'))}{self._of(sign)}{thing}"

    def has(self, sign: int) -> str:
        """充满希望; 没有压力; 缺少诚意."""
        who = self.one(("", "我", self._thing(), "心里", "生活"))
        if self.chance(0.5):
            return who + self.one(("没有", "没有", "没", "缺少", "一点也没有", "没什么")) + self.one(POSSESSIONS[-sign])
        return who + self.one(("有", "充满", "充满了", "有很多", "都是")) + self.one(POSSESSIONS[sign])

    def makes(self, sign: int) -> str:
        """老师让人很满意; 比赛没让大家失望."""
        whom = self.one(("我", "人", "大家", "我们"))
        if self.chance(0.4):
            return f"{self._thing()}{self.one(('没有', '没', '不会', '并没有'))}让{whom}{self.one(MOODS[-sign])}"
        make, very = self.one(("让", "令", "真让", "使")), self.one(("", "很", "非常"))
        return f"{self._thing()}{make}{whom}{very}{self.one(MOODS[sign])}"

    def done(self, sign: int) -> str:
        """玩得很开心; 睡得不好; 没吃好."""
        verb = self.one(_words("玩 吃 睡 过 做 演 写 唱 说 住 笑 考 拍 走"))
        if sign < 0 and self.chance(0.4):
            return self.one(_WHO) + self.one(("没", "没有", "又没", "不能好好")) + verb + self.one(("好", "成"))
        if self.chance(0.35):
            return f"{self.one(_WHO)}{verb}得{self.one(('不', '不太', '并不', '一点也不'))}{self.one(MOODS[-sign])}"
        good = ("好", "很好", "不错", "太好了", "很香") if sign > 0 else ("不好", "很差", "糟糕", "太累", "不怎么样")
        return f"{self.one(_WHO)}{verb}得{self.one((*good, self.one(('很', '真', '')) + self.one(MOODS[sign])))}"

    def turned(self, sign: int) -> str:
        """Two clauses with "but" between them: the class is that of the second."""
        before, after = self._clause(-sign), self._clause(sign)
        return self.one(
            (
                *(
                    f"虽然{before}，但是{after}",
                    f"{before}，但是{after}",
                    f"{before}，可是{after}",
                    f"{before}，不过{after}",
                ),
                *(f"尽管{before}，{after}", f"{before}但{after}", f"虽然{before}，但{after}"),
            )
        )

    def both(self, sign: int) -> str:
        """Two clauses of the same class."""
        if self.chance(0.3):
            return f"{self._thing()}又{self._word(sign)}又{self._word(sign)}"
        return f"{self._clause(sign)}{self.one(('，', '，', ' ', '，而且'))}{self._clause(sign)}"

    def said(self, sign: int) -> str:
        """A set phrase, with or without a clause of the same class."""
        saying = self.one(SAYINGS[sign])
        return saying if self.chance(0.5) else f"{self._clause(sign)}，{saying}"

    def chance(self, share: float) -> bool:
        """True with that probability."""
        return self.random() < share

    def _clause(self, sign: int) -> str:
        return self.one((self.mood, self.is_so, self.is_so, self.likes, self.has))(sign)

    def _so(self, sign: int) -> str:
        if self.chance(0.4):
            return self.one(_NOT) + self._word(-sign)
        if sign > 0 and self.chance(0.12):
            return self.one(("", "很", "真", "还", "挺")) + self.one(("不错", "棒", "赞", "有意思"))
        if sign < 0 and self.chance(0.12):
            return self.one(("不怎么样", "没意思", "不行", "真没劲", "太一般了", "不值"))
        return self._simply(sign)

    def _simply(self, sign: int) -> str:
        very = _VERY if sign > 0 else (*_VERY, "有点", "太")
        return self.one(very) + self._word(sign) + self.one(("", "", "", "了", "极了", "死了" if sign < 0 else "呢"))

    def _of(self, sign: int) -> str:
        quality = self._word(sign)
        return quality if len(quality) == 1 else f"{quality}的"

    def _word(self, sign: int) -> str:
        return self.one(QUALITIES[sign])

    def _thing(self) -> str:
        return self.one(_WHICH) + self.one(THINGS)
