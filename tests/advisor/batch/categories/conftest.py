"""Complaints of our own in three categories, told in words that overlap a little."""

import pytest

from advisor.batch.categories import Senses, Telling
from advisor.matter import MatterRecognizer

_ROADS = (
    "村口的路面坑洼不平，下雨天积水没法走",
    "主路上的路灯坏了三盏，晚上走路看不清",
    "路面塌陷有个大坑，骑车摔倒了人",
    "路灯一到半夜就灭，路面又滑",
    "桥头的路面开裂，车辆经过很颠",
    "小路没有路灯，老人晚上不敢走",
)
_SCHOOLS = (
    "小学放学时老师拖堂，家长在校门口等很久",
    "幼儿园学费涨了一倍，家长没有接到通知",
    "中学老师在校外补课收费",
    "学校食堂的饭菜凉了，学生吃不饱",
    "小学招生名额不够，家长着急报名",
    "老师布置作业太多，学生写到半夜",
)
_WAGES = (
    "老板拖欠工资三个月，工人讨要无果",
    "工厂没有给工人交社保，辞职后也不补",
    "工地干完活工资一直不结清",
    "单位不签劳动合同，加班没有工资",
    "公司克扣工资，社保只交最低档",
    "工资拖了半年，老板电话打不通",
)
_CATEGORIES = {"道路": _ROADS, "教育": _SCHOOLS, "劳动": _WAGES}


@pytest.fixture
def senses():
    """No matter and no meaning: only words tell."""
    return Senses(MatterRecognizer(()), None)


@pytest.fixture
def rows():
    return tuple((Telling("", text), name) for name, texts in _CATEGORIES.items() for text in texts)
