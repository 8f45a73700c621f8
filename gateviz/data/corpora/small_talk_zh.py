"""What people type about their day, in Chinese, generated from a seed: 我妹妹赢了比赛, 两星.

    small_talk(random.Random(0))            # ("又迟到了", -1)

`feelings` judges and feels; here are events, ratings, what other people did, and short phrases.
"""

import random
from collections.abc import Callable


def _words(*lines: str) -> tuple[str, ...]:
    return tuple(" ".join(lines).split())


EVENTS = {
    +1: _words(
        "通过了测验 考了满分 考上了研究生 拿到了驾照 赢了 赢了球赛 得了第一名 得奖了 中了大奖 升职了 加薪了 找到了钱包"
        " 找到了好朋友",
        "结婚了 恋爱了 毕业了 康复了 病好了 出院了 成功了 学会了游泳 学会了骑车 交到了新朋友 进球了 进步了 收到了礼物 "
        "收到了好消息",
        "买了新房子 完成了任务 做完了作业 睡了个好觉 吃了一顿大餐 去旅游了 放假了 回家了 见到了偶像 抢到了票 当爸爸了 "
        "当妈妈了",
        "实现了梦想 打破了纪录 解决了问题 被表扬了 被录取了 瘦了五斤 和爸妈团聚了 玩得很尽兴 准时到了 平安到家了",
    ),
    -1: _words(
        "没通过测验 考了零分 落榜了 输了 输了球赛 得了最后一名 被开除了 降职了 丢了钱包 丢了手机 丢了工作 离婚了 分手"
        "了 失恋了 生病了",
        "住院了 失败了 受伤了 摔倒了 迟到了 忘带作业了 忘了密码 没赶上火车 错过了航班 感冒了 发烧了 头疼 牙疼 失眠了 "
        "被骂了 被罚了",
        "被偷了 被骗钱了 被拒绝了 被打了 吵了一架 打架了 出车祸了 破产了 欠了很多钱 没钱了 没睡好 加班到半夜 堵在路上 "
        "淋了雨 胖了十斤",
        "弄坏了电脑 打碎了杯子 烧糊了饭 哭了 哭了一晚上 做了噩梦 犯了错 迷路了 挂科了 没有朋友 等了三个小时 白跑了一趟",
    ),
}
DONE_TO_ME = {
    +1: _words(
        "帮助了我 夸了我 感谢我 拥抱了我 原谅了我 对我笑了 请我吃饭 支持我 相信我 安慰我 给我送花 送我礼物 等着我 祝贺"
        "我 爱我",
        "鼓励了我 逗我笑 照顾我 对我很好 记得我的生日 给我做饭 陪着我 喜欢我",
    ),
    -1: _words(
        "批评了我 不理我 骗了我 嘲笑我 离开我了 惩罚了我 侮辱我 打了我 偷了我的钱 把我弄哭了 欺负我 怪我 背叛了我 伤了"
        "我的心",
        "忘了我的生日 对我很凶 不喜欢我 讨厌我 不相信我 推了我 威胁我 抛弃了我 误会我",
    ),
}
OWN = {
    +1: _words("很漂亮 很好用 修好了 很健康 真乖 跑得很快 回来了 很听话 找到了 变好了 很安全 真聪明 香喷喷的 开花了"),
    -1: _words("死了 坏了 丢了 病了 跑了 被偷了 不好用 太慢了 咬了我 臭了 脏了 漏水 着火了 没电了 不见了 死机了 枯了"),
}
SAID = {
    +1: _words(
        "赞 棒 真棒 太棒了 很好 完美 厉害 点赞 五星好评 推荐 强烈推荐 值得推荐 物美价廉 性价比高 耶 万岁 爽 好吃 美味 "
        "真香 必看 必买",
        "值得一去 值了 太值了 谢谢 感谢 恭喜 好消息 开心死了 太幸运了 幸福 我爱家乡 我爱爸爸妈妈 我爱老师 我爱生活 祖"
        "国万岁",
        "祝你好运 节日快乐 周末愉快 没问题 一切顺利 心想事成 还会再来 好样的 加油 笑死我了 下雨停了 天气真好 晴空万里 "
        "太阳出来了",
        "家乡真美 中国加油 我们的国家很强大 生活越来越好 世界和平 毫无缺点 挺好的 还不错 好得很 满分 十分",
    ),
    -1: _words(
        "烂 差 真差 太差了 很糟 垃圾 难受 差劲 零分 不推荐 千万别买 别去 避雷 坑人 坑爹 退货 退钱 太贵了 呸 恶心 难吃 "
        "难喝 踩雷",
        "不值 不值得去 亏了 亏大了 坏消息 倒霉死了 太倒霉了 痛苦 我恨你 我恨他 讨厌死了 别理我 滚 救命 完了 完蛋了 糟"
        "糕 可惜 可怜",
        "没意思 没希望了 心累 累死了 困死了 烦 好烦 一塌糊涂 再也不来 后悔死了 气死我了 又下雨了 天气真糟 雾霾好严重 "
        "冷死了 热死了",
        "停电了 没网了 世界末日 战争太可怕 有人去世了 地震了 毫无优点 一般般 不怎么样 不太行",
    ),
}
_WHO = (
    "我",
    "我",
    "我",
    "",
    "",
    "我们",
    "妹妹",
    "弟弟",
    "我哥",
    "他",
    "她",
    "我们队",
    "我同学",
    "女儿",
    "我今天",
    "昨天",
)
_OTHERS = _words(
    "老师 老板 妈妈 爸爸 朋友 同学 医生 邻居 教练 女朋友 男朋友 警察 奶奶 服务员 他 她 他们 大家 校长 陌生人 姐姐 经理"
)
_MINE = _words(
    "我的猫 我家狗 小狗 手机 电脑 车 自行车 相机 新手表 洗衣机 兔子 小鸟 快递 花 金鱼 冰箱 我的书 电视 仓鼠 耳机"
)
_LIKED = _words(
    "北京 上海 祖国 家乡 学校 妈妈 老师 同学们 数学 英语 语文 历史 体育 冬天 夏天 周一 周末 下雨天 雪 猫 狗 蜘蛛 香菜 "
    "巧克力 火锅 苹果",
    "咖啡 足球 游戏 考试 作业 上班 加班 旅行 唱歌 跳舞 跑步 读书 这座城市 我的国家 生活 他 她 这里 这个班 春天",
)
_STARS = {+1: _words("五 四 5 4"), -1: _words("一 两 零 1 2 0")}
_POINTS = {+1: _words("九 八 十 9 10 90 95 100"), -1: _words("一 两 三 零 0 1 2 3 20")}


def small_talk(generator: random.Random) -> tuple[str, int]:
    """A short text, with or without an end mark, and its class: +1 for good news, -1 for bad."""
    talker = _Talker(generator)
    sign = generator.choice((-1, 1))
    forms: tuple[Callable[[int], str], ...] = (
        *(talker.event, talker.event, talker.event, talker.others, talker.own, talker.said, talker.said),
        *(talker.rating, talker.worth, talker.likes, talker.likes),
    )
    return generator.choice(forms)(sign) + generator.choice(("", "", "", "。", "！", "！！", "~", "啊")), sign


class _Talker:
    """Draws words. Each method returns a text of the class that it is asked for."""

    def __init__(self, generator: random.Random) -> None:
        self.one = generator.choice
        self.random = generator.random

    def event(self, sign: int) -> str:
        """妹妹得奖了; 终于毕业了; 又迟到了."""
        between = ("", "", "", "终于") if sign > 0 else ("", "", "", "又", "不小心")
        return self.one(_WHO) + self.one(between) + self.one(EVENTS[sign])

    def others(self, sign: int) -> str:
        """教练夸了我; 没有人相信我."""
        if self.random() < 0.2:
            deed = self.one(DONE_TO_ME[-sign if (nobody := self.random() < 0.6) else sign])
            return self.one(("没有人", "没人") if nobody else ("大家都", "人人都", "所有人都")) + deed.replace("了", "")
        return self.one(_OTHERS) + self.one(DONE_TO_ME[sign])

    def own(self, sign: int) -> str:
        """快递丢了."""
        return self.one(_MINE) + self.one(OWN[sign])

    def said(self, sign: int) -> str:
        """A set phrase."""
        return self.one(SAID[sign])

    def rating(self, sign: int) -> str:
        """五颗星; 我打两分; 只给一星."""
        if self.random() < 0.6:
            only = self.one(("", "", "给", "我给", "只给" if sign < 0 else "必须给"))
            return (
                only + self.one(_STARS[sign]) + self.one(("星", "星", "颗星", "星" + ("好评" if sign > 0 else "差评")))
            )
        return self.one(("", "打", "我打", "给")) + self.one(_POINTS[sign]) + "分"

    def worth(self, sign: int) -> str:
        """值得看; 不值得花钱."""
        what = self.one(_words("看 去 吃 玩 学 读 收藏 等 拥有 信任 花钱 再来"))
        return (
            self.one(("", "很", "非常", "真", "绝对") if sign > 0 else ("不", "不", "根本不", "真不")) + "值得" + what
        )

    def likes(self, sign: int) -> str:
        """我爱北京; 我不喜欢周一."""
        who = self.one(("我", "我", "我们", "大家都", "我真"))
        if self.random() < 0.3:
            verb = self.one(
                ("不讨厌", "不恨", "不怕") if sign > 0 else ("不喜欢", "不爱", "不想要", "不太喜欢", "不想去")
            )
            return who + verb + self.one(_LIKED)
        verbs = _words("爱 爱 喜欢 热爱 想念 最爱") if sign > 0 else _words("讨厌 恨 烦 受不了 害怕 最讨厌")
        return who + self.one(verbs) + self.one(_LIKED)
