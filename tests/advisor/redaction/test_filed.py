"""Numbers of documents and papers, firms and people told by their surroundings; all fictional."""

import pytest

from advisor.redaction import redact


def masked(text):
    return redact(text).masked


@pytest.mark.parametrize(
    "text",
    [
        "工单WX204188334071没有回音",
        "城东所给了回执号WX310299887766，让等",
        "受理编号：WX310299887766",
        "认定书第330411202388127745号写明同等责任",
        "车架号739912004418830275，已经找不到",
        "户号第40718号没有登记",
        "订单2042号已退，流水号2023051613900001234没到账",
    ],
)
def test_a_number_announced_as_a_documents_is_nobodys(text):
    assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("加微信WX204188334071", "加微信[微信号1]"),
        ("要拼车的加我qingshui88", "要拼车的加我[微信号1]"),
        ("申请表编号SQ4062312.13912345678", "申请表编号SQ4062312.[电话1]"),
        ("残疾证号33040119630208121X43B1，二级", "残疾证号[证件号1]，二级"),
        ("台商来函，证件号04471826B，请复", "台商来函，证件号[证件号1]，请复"),
        ("E40718823（护照号）", "[证件号1]（护照号）"),
        ("写信到email30718@qq.com", "写信到email[邮箱1]"),
    ],
)
def test_papers_and_accounts_beside_them(text, expected):
    assert masked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我们6栋402室、9栋1单元305室都漏", "我们[地址1]、[地址2]都漏"),
        ("一组5号 41,200元", "[地址1] 41,200元"),
        ("住城西路72号文昌街道", "住城西路[地址1]文昌街道"),
        ("住桂苑21-一-603，漏水", "住桂苑[地址1]，漏水"),
    ],
)
def test_dwellings_end_where_they_end(text, expected):
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "乙方于端午那天搬走",
        "我是外地来越溪打工的",
        "食堂是江沅东明家政服务有限公司承包的",
        "剩余贷款由女方偿还",
        "说我没戴安全帽",
        "在闪电外卖上订的",
        "卡是农业银行柳浦支行的",
        "被同班同学推倒",
    ],
)
def test_firms_towns_feasts_and_phrases_are_no_people(text):
    assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("不会弄的到村委找建兰，电话13912345678", "不会弄的到村委找[姓名1]，电话[电话1]"),
        ("群聊\n雨菲妈妈：收到了", "群聊\n[姓名1]妈妈：收到了"),
        ("备用0573-82014455（儿媳沈）。", "备用[电话1]（儿媳[姓名1]）。"),
        ("失物招领处谢姓工作人员登记了", "失物招领处[姓名1]姓工作人员登记了"),
        ("物业单主管不见人", "物业[姓名1]主管不见人"),
        ("联系人：过建明，电话13912345678", "联系人：[姓名1]，电话[电话1]"),
        ("联系人：过年回家", "联系人：过年回家"),
        ("工友有张建国、谢时天佑、李秀英", "工友有[姓名1]、[姓名2]、[姓名3]"),
    ],
)
def test_people_told_by_what_stands_around_them(text, expected):
    assert masked(text) == expected
