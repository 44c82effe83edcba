"""People of the benchmark: names drawn from lists of its own, none of them the recogniser's."""

from random import Random

_FREQUENT = (
    "王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 肖 田 董 袁 潘 于 蒋 蔡 余 杜 叶 程 苏 魏 吕 丁 "
    "任 沈 姚 卢 姜 崔 钟 谭 陆 汪 范 金 石 廖 贾 夏 韦 付 方 白 邹 孟 熊 秦 邱 江 尹 薛 闫 段 雷 侯 龙 史 陶 黎 贺 顾 毛 郝 龚 邵 万 钱 严 武 戴 莫 孔 向 汤"
).split()
_SELDOM = (
    "钮 干 屠 浦 嵇 劳 励 竺 裘 缪 茅 诸 樊 凌 费 俞 祝 盛 计 褚 宣 仇 濮 管 翁 戚 虞 时 柏 水 鲍 葛 岑 骆 卜 苗 荣 凤 庄 应 柴 全 单 卓 阮 喻 尚 温 牛 车 "
    "欧阳 司马 上官 诸葛 尉迟 皇甫 令狐 慕容 夏侯 司徒"
).split()
_TWO = (
    "建国 建平 志强 国庆 秀兰 桂英 玉梅 根法 水根 金娣 阿大 雪祥 引珠 柏年 阿毛 关林 掌明 顺根 土根 祥林 明华 永芳 春燕 小红 丽萍 海燕 晓东 文斌 俊杰 浩然 子轩 梓萱 "
    "沐辰 若曦 雨桐 诗涵 宇轩 欣怡 思远 靖雯 钰淇 祎辰 睿哲 佳琪 静怡 嘉懿 奕辰 翊航 书瑶 可馨 语嫣 一诺 艺馨 泽楷 骁然 昱霖 景行 知夏 令仪 予安 望舒 乐天 世昌 秉忠 "
    "德顺 福生 长庚 招娣 来娣 玉珍 凤仙 月娥 素芬 彩娣 宝珠 惠芳 爱华 爱国 建设 卫东 红卫 援朝 跃进 新民 学军 向阳 永胜 立新 振华 兴旺 有财 富贵 满仓 火生 木生 三毛 四清 "
    "炳坤 耀祖 绍棠 毓秀 蕴华 韵之 怀瑾 鹤鸣 云飞 海涛 晓峰 少卿 光明 大伟 小军 亚楠 倩倩 婷婷 丹丹 方方 琪琪 天佑 和平 安全 成功 国华 家宝 林森 金水 关根 阿四 财根"
).split()
_ONE = (
    "伟 芳 敏 静 强 磊 军 勇 艳 杰 娟 涛 明 超 霞 平 刚 辉 鹏 飞 斌 波 丹 莉 颖 倩 雪 浩 宇 翀 骁 韫 黛 昊 琰 喆 甜 萌 璐 凯 帆 阳 晨 旭 宁 洁 琴 玲 英 华 民 建 彬 晖"
).split()
_FIRST = (
    "宏瑞雅梦思承启振锦晓绍毓熙衍庭茹秋冬春夏永伯仲维善宗景炳荷菊根顺洪柏尧舜禹淑惠慧彩巧银铁铜"
)
_SECOND = (
    "荣昌盛达通财发旺祥康泉源江涛波鸣凡尘羽翼翔腾岳峰岩溪谷原野枫桦槐榆桃杏妹弟囡宝贝珠玉璇玑琮"
)
_SOUND_GIVEN = "阿依古丽 买买提 艾力 迪丽娜尔 阿布都 玛依拉 吐尔逊 热依罕 库尔班 帕提古丽".split()
_SOUND_FAMILY = "吐尔逊 卡德尔 艾合买提 买买提 阿不力孜 依明 托合提 热合曼".split()
_CALLED = "先生 女士 阿姨 师傅 大爷 大妈 大姐 大哥 奶奶 爷爷 老师 老板 经理 叔叔 婶婶 大伯".split()
_POSTS = "书记 主任 村长 所长 局长 镇长 队长 科长 站长 医生 律师 法官 会计 社工 警官".split()


def surname(rng: Random) -> str:
    """A surname, one in six of them seldom."""
    return rng.choice(_SELDOM if rng.random() < 0.17 else _FREQUENT)


def full_name(rng: Random) -> str:
    """A name of two to four characters; one in eight has a given name put together at random."""
    draw = rng.random()
    if draw < 0.2:
        return surname(rng) + rng.choice(_ONE)
    if draw < 0.33:
        return surname(rng) + rng.choice(_FIRST) + rng.choice(_SECOND)
    return surname(rng) + rng.choice(_TWO)


def dotted_name(rng: Random) -> str:
    """A name of two parts with a dot between them."""
    return rng.choice(_SOUND_GIVEN) + rng.choice("·•・") + rng.choice(_SOUND_FAMILY)


def familiar_name(rng: Random) -> str:
    """老王, 小李: only the surnames in everyday use."""
    return rng.choice("老小") + rng.choice("王李张刘陈杨赵吴周徐孙朱胡郭何林罗郑谢宋许韩沈姚陆顾蒋")


def called(rng: Random) -> tuple[str, str]:
    """A surname and the title that follows it."""
    head = rng.choice("王李张刘陈杨赵吴周徐孙朱胡郭罗郑梁谢宋唐许韩冯邓曹沈姚陆顾钱费俞屠")
    return head, rng.choice(_CALLED)


def official(rng: Random) -> tuple[str, str]:
    """A surname or a whole name, and the post that follows it; the post is public."""
    head = full_name(rng) if rng.random() < 0.3 else called(rng)[0]
    return head, rng.choice(_POSTS)
