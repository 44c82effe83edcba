"""People of the benchmark: names drawn from lists of its own, none of them the recogniser's."""

from random import Random

from eval.redaction.lists import word_list

_FREQUENT = word_list("people.frequent")
_SELDOM = word_list("people.seldom")
_TWO = word_list("people.two")
_ONE = word_list("people.one")
_FIRST = (
    "宏瑞雅梦思承启振锦晓绍毓熙衍庭茹秋冬春夏永伯仲维善宗景炳荷菊根顺洪柏尧舜禹淑惠慧彩巧银铁铜"
)
_SECOND = (
    "荣昌盛达通财发旺祥康泉源江涛波鸣凡尘羽翼翔腾岳峰岩溪谷原野枫桦槐榆桃杏妹弟囡宝贝珠玉璇玑琮"
)
_SOUND_GIVEN = word_list("people.sound_given")
_SOUND_FAMILY = word_list("people.sound_family")
_CALLED = word_list("people.called")
_POSTS = word_list("people.posts")


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
