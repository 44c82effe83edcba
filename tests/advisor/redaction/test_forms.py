"""Ways of writing that are told by what stands around them; every sentence is fictional."""

import pytest

from advisor.redaction import redact


def masked(text):
    return redact(text).masked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("货款是微信转给hua_lin88的，收据没有", "货款是微信转给[微信号1]的，收据没有"),
        ("货款微信付给qiu20194了", "货款微信付给[微信号1]了"),
        ("微信收款人：ahua2020，钱付了", "微信收款人：[微信号1]，钱付了"),
        ("微信转给wxid_q8w7e6r5t4后不回", "微信转给[微信号1]后不回"),
        ("登记的回执WX20418833，还没消息", "登记的回执WX20418833，还没消息"),
        ("卡号是6230 8318 6339 0719 65，农信的", "卡号是[银行卡1]，农信的"),
    ],
)
def test_accounts_paid_to_and_numbers_of_receipts(text, expected):
    assert masked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("住溪口村东2排5号", "住溪口村[地址1]"),
        ("我的31-2-602室漏水", "我的[地址1]漏水"),
        ("我5座1106漏水", "我[地址1]漏水"),
        ("溪口村63号我家屋顶漏了", "溪口村[地址1]我家屋顶漏了"),
        ("溪口村8号我去开会", "溪口村8号我去开会"),
        ("今走访五组，沈国良户反映", "今走访[地址1]，[姓名1]户反映"),
        ("我们三小组的水英奶奶没人管", "我们[地址1]的[姓名1]奶奶没人管"),
        ("分成三小组，讨论了半天", "分成三小组，讨论了半天"),
        ("住安置房二期6幢302室", "住安置房二期[地址1]"),
    ],
)
def test_houses_and_groups_told_by_who_lives_there(text, expected):
    assert masked(text) == expected


def test_the_age_of_a_child_is_told_by_the_parent_named_before():
    assert masked("丈夫陈国栋走了三年。女儿6岁，在上幼儿园") == (
        "丈夫[姓名1]走了三年。女儿[年龄1]，在上幼儿园"
    )
    assert masked("丈夫陈国栋走了三年。店开了6岁生日会") == "丈夫[姓名1]走了三年。店开了6岁生日会"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("骨伤科万科长没接电话", "骨伤科[姓名1]科长没接电话"),
        ("泵厂方站长说等通知", "泵厂[姓名1]站长说等通知"),
        ("厂方厂长和院方院长都来了", "厂方厂长和院方院长都来了"),
        ("去请司法所长", "去请司法所长"),
        ("经办民警姓金.还没回话", "经办民警姓[姓名1].还没回话"),
        ("经办民警姓皇甫，还没回话", "经办民警姓[姓名1]，还没回话"),
        ("找过李网格员和周联络员", "找过[姓名1]网格员和[姓名2]联络员"),
        ("媒人是溪口村的建芬姐。", "媒人是溪口村的[姓名1]姐。"),
        ("，秀芬嫂和我一起去", "，[姓名1]嫂和我一起去"),
        ("学姐、空姐和快递哥都在，保安哥也在", "学姐、空姐和快递哥都在，保安哥也在"),
        ("钱转到陈国栋建设银行卡上", "钱转到[姓名1]建设银行卡上"),
        ("前夫陈国栋法院判了五千", "前夫[姓名1]法院判了五千"),
        ("赵局推给别人", "[姓名1]局推给别人"),
    ],
)
def test_names_with_posts_kin_words_and_institutions(text, expected):
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "在阿贵诊所看牙",
        "我在小陆建材上班",
        "找金贵家政服务部",
        "住在龙湾明珠",
        "住周溪别院一楼",
        "住唐溪府",
        "住郑家岙村",
        "澄劳人仲案〔2026〕第12号",
    ],
)
def test_shops_estates_and_case_numbers_stay(text):
    assert masked(text) == text


def test_an_estate_is_told_by_the_building_behind_its_name():
    assert masked("住苏锦晓月3幢2单元") == "住苏锦晓月[地址1]"
    assert masked("陈国栋3幢2单元") == "[姓名1][地址1]"


def test_a_child_told_by_its_proper_name_is_masked() -> None:
    masked = redact("孙子毛豆（小名，大名方一诺，读三年级）在学校被人欺负").masked
    assert "方一诺" not in masked
    assert redact("该路原名解放路，后来改过").masked == "该路原名解放路，后来改过"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("联系电话178/3396/1974", "联系电话[电话1]"),
        ("短号690667", "短号[电话1]"),
        ("不要打家里82345678", "不要打家里[电话1]"),
        ("2003-2020年的规划，批号82345678", "2003-2020年的规划，批号82345678"),
        ("用卡6235 7325 7150 5819 4走账", "用卡[银行卡1]走账"),
        ("身份证号330702 20150206 2752名字", "身份证号[证件号1]名字"),
        ("残疾证，证号43972919631117878644", "残疾证，证号[证件号1]"),
        ("保单PDAA20253301668885694116。", "保单PDAA20253301668885694116。"),
        ("邮箱qin.hao@outlook.com。2025年", "邮箱[邮箱1]。2025年"),
        ("读数04995 00660.2 表坏", "读数04995 00660.2 表坏"),
        ("皖K69006 7时50分", "[车牌1] 7时50分"),
    ],
)
def test_numbers_beside_words_that_say_what_they_are(text, expected):
    assert redact(text).masked == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("住白鹭物流园员工宿舍D栋547，", "住白鹭物流园[地址1]，"),
        ("店在向阳路沿街商铺63号，", "店在向阳路[地址1]，"),
        ("解放新村4号楼一单元顶楼漏水", "解放新村[地址1]漏水"),
        ("金色家园二期31幢9单元2709", "金色家园二期[地址1]"),
        ("幸福家园二区2号楼408室", "幸福家园二区[地址1]"),
        ("签名（90-409）", "签名（[地址1]）"),
        ("走到68号，见门开着", "走到[地址1]，见门开着"),
        ("住井边组，", "住[地址1]，"),
        ("案件编号第2026-5070号，", "案件编号第2026-5070号，"),
        ("盖了三栋住户楼", "盖了三栋住户楼"),
    ],
)
def test_dwellings_and_what_only_looks_like_one(text, expected):
    assert redact(text).masked == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我姓康你不要讲", "我姓[姓名1]你不要讲"),
        ("老板姓诸葛电话打过去", "老板姓[姓名1]电话打过去"),
        ("找人事赵主管说", "找人事[姓名1]主管说"),
        ("任何主管部门都不管，毛主席像", "任何主管部门都不管，毛主席像"),
        ("要学焦裕禄，一箱康师傅", "要学焦裕禄，一箱康师傅"),
        ("女儿沐辰，5岁，沐辰不敢睡", "女儿[姓名1]，[年龄1]，[姓名1]不敢睡"),
        ("教练志明说他没拿到", "教练[姓名1]说他没拿到"),
        ("让广大居民心寒，小孩子玩", "让广大居民心寒，小孩子玩"),
        ("1\t江　钰\t2", "1\t[姓名1]\t2"),
        ("我叫Samuel Okonta，谢谢", "我叫[姓名1]，谢谢"),
        ("我叫吉木阿呷，在厂里", "我叫[姓名1]，在厂里"),
        ("刘：他家先动手\n石：不是我", "[姓名1]：他家先动手\n[姓名2]：不是我"),
        ("安排我儿子孙海滨进医院", "安排我儿子[姓名1]进医院"),
    ],
)
def test_names_that_stand_otherwise_than_whole(text, expected):
    assert redact(text).masked == expected
