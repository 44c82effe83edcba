"""What is masked and what stays, class by class; every sentence is fictional."""

import pytest

from advisor.redaction import redact, restore


def masked(text):
    return redact(text).masked


def originals(text, cls):
    return [token.original for token in redact(text).tokens if token.cls == cls]


@pytest.mark.parametrize(
    "number",
    [
        "330411199001011234", "33041119900101123X", "33041119900101123x",
        "330411 19900101 1234",
        "330411-19900101-1234", "３３０４１１１９９００１０１１２３４",
        "33041119900101\n1234", "330411900101123",
        "33041119900101 123 Ｘ", "三三零四一一一九九零零一零一一二三四",
    ],
)  # fmt: skip
def test_id_numbers_in_any_form(number):
    assert originals(f"身份证{number}，请查", "证件号") == [number]


@pytest.mark.parametrize(
    "number",
    [
        "13812345678", "138 1234 5678", "138-1234-5678",
        "+86 13812345678", "８６－１３８１２３４５６７８",
        "１３８１２３４５６７８",
        "一三八一二三四五六七八", "1381234\r\n5678", "013812345678",
        "0573-82012345", "(0573)82012345",
        "（010）82012345转801",
        "0573 8201 2345", "021-62345678-12",
    ],
)  # fmt: skip
def test_telephone_numbers_in_any_form(number):
    assert originals(f"有事请打{number}。", "电话") == [number]


def test_a_mistyped_number_is_masked_under_a_word_that_tells():
    assert (
        masked("联系电话：1381234567，身份证号33041119900101123")
        == "联系电话：[电话1]，身份证号[证件号1]"
    )


def test_numbers_right_beside_each_other_are_told_apart():
    assert masked("33041119900101123413812345678") == "[证件号1][电话1]"
    assert masked("1381234567813987654321") == "[电话1][电话2]"
    assert masked("6222021234567890123 13812345678") == "[银行卡1] [电话1]"
    assert masked("拨打12345 13812345678") == "拨打12345 [电话1]"


@pytest.mark.parametrize(
    "number", ["6222021234567890123", "6222 0212 3456 7890 123", "6228-4801-2345-6789"]
)
def test_bank_cards(number):
    assert originals(f"打到{number}上", "银行卡") == [number]
    assert originals(f"打到{number}小区门口", "银行卡") == [number]


@pytest.mark.parametrize(
    "plate",
    [
        "浙F12345",
        "浙F·12345",
        "浙F·BCHJ7",
        "浙f-a1b23",
        "浙Ｆ１２３４５",
        "浙FD12345",
        "沪C 8K123",
        "粤Z1234港",
    ],
)
def test_plates(plate):
    assert originals(f"车子{plate}停着", "车牌") == [plate]


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("网名叫“yezi_707”的人", "yezi_707"),
        ("抖音号：happy2020 天天骂我", "happy2020"),
        ("用户名lihua-2", "lihua-2"),
        ("V：laowang88", "laowang88"),
        ("留了个qingfeng_993就没下文", "qingfeng_993"),
    ],
)
def test_accounts_on_the_net(text, account):
    assert originals(text, "微信号") == [account]


@pytest.mark.parametrize("text", ["用的iphone13手机", "win10系统", "covid19", "型号zqm-118"])
def test_things_with_letters_and_digits_are_no_accounts(text):
    assert masked(text) == text


def test_an_address_and_a_number_right_before_an_e_mail_address_are_told_apart():
    assert masked("13912345678abc@163.com") == "[电话1][邮箱1]"


@pytest.mark.parametrize("shop", ["老孟地锅鸡", "老吕小龙虾"])
def test_a_shop_is_told_by_its_trade_behind_a_persons_name(shop):
    assert masked(f"我在{shop}交了钱") == f"我在{shop}交了钱"


def test_a_house_called_after_its_owner_stays_and_the_owner_does_not():
    text = "孙大妈水饺馆和老马家拉面、于洪供水站"

    assert masked(text) == text
    assert masked("孙大妈来了") == "[姓名1]大妈来了"


@pytest.mark.parametrize("after", ["万一出事", "项目停工", "方便请回电", "户主是他"])
@pytest.mark.parametrize("number", ["13812345678", "138.1234.5678", "(0571)32612888"])
def test_a_whole_telephone_number_is_no_amount(number, after):
    assert masked(f"急！{number}{after}") == f"急！[电话1]{after}"


def test_accounts():
    assert masked("Q Q：12345678") == "Q Q：[QQ号1]"
    assert masked("邮箱li.hua@163.com，加微信lihua_88，QQ：12345678，v信 hua-2020") == (
        "邮箱[邮箱1]，加微信[微信号1]，QQ：[QQ号1]，v信 [微信号2]"
    )
    assert masked("用微信支付了300元，进了微信群") == "用微信支付了300元，进了微信群"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("住荷花村12组35号", "住荷花村[地址1]"),
        ("金都夏宫小区3幢2单元501室漏水", "金都夏宫小区[地址1]漏水"),
        ("家在江南路88号", "家在江南路[地址1]"),
        ("康桥名苑5-2-301", "康桥名苑[地址1]"),
        ("荷花村第三村民小组", "荷花村[地址1]"),
        ("中山路100弄6号402室", "中山路[地址1]"),
        ("锦绣苑A座1802", "锦绣苑[地址1]"),
        ("前进路12座109", "前进路[地址1]"),
        ("人民大道194之4号违章搭建", "人民大道[地址1]违章搭建"),
        ("翠竹园3号楼2单元7楼东户", "翠竹园[地址1]"),
        ("翠竹园19号楼4门1701漏水", "翠竹园[地址1]漏水"),
        ("上塘镇99号违章搭建", "上塘镇[地址1]违章搭建"),
        ("翠竹园7区69栋九单元8楼西户", "翠竹园[地址1]"),
        ("翠竹园12幢-2-1503", "翠竹园[地址1]"),
        ("翠竹园12/3/402", "翠竹园[地址1]"),
        ("住云河壹号2号楼四单元", "住云河壹号[地址1]"),
        ("翠竹园5单元7楼东户23时许停电", "翠竹园[地址1]23时许停电"),
        ("桃源居十一幢二〇三", "桃源居[地址1]"),
        ("前进村第三生产队", "前进村[地址1]"),
        ("邻居302把水管砸了", "邻居[地址1]把水管砸了"),
        ("农贸市场3楼301铺", "农贸市场[地址1]"),
    ],
)
def test_addresses_below_the_village_and_the_street(text, expected):
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "《示例市停车条例》第二百九十条、第12条第2款",
        "2024年3月5号上午9点30分，2024-03-05，二〇二三年十一月3日",
        "赔偿3000元，面积35.6平方米，六十八户，12,600.50元",
        "打过12345、110、119、120、12348、12315、12333、96345、95598、400-800-1234",
        "秀政发〔2023〕12号，（2023）浙0411民初123号",
        "王店镇、王江泾镇、张家港、江南路、高照街道、陈家坝村、石家庄、温州、金华",
        "高兴、黄金、于是、安全、方便、时间、周边、水平、和平、强烈、白天、任何、许多、应当",
        "三室一厅，一幢楼，两栋楼房，第三组数据，地铁3号线，320国道",
        "平安物业公司、万家超市、金利来饭店、高原建材有限公司",
        "村民反映，业主向物业反映，学生和家长都高兴，居民常年受害",
        "工单编号2024031512345678",
        "快递单号SF5024895059850",
        "K192路司机、158路司机都拒载，还欠两百多万中介费",
        "李家村书记、陈家镇主任、何家庄会计来过",
        "反映人民大道积水，金色童年幼儿园噪音大",
        "全面小康路上，各部门走马观花、高抬贵手，严重超员，听之任之",
        "时间段招生、五块钱一年、高强度劳动、高风险、签名和指纹",
    ],
)
def test_what_is_never_masked(text):
    assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我叫王建国", "我叫[姓名1]"),
        ("邻居陈国栋把墙砌到我家", "邻居[姓名1]把墙砌到我家"),
        ("村民沈阿大、于成和李秀英说", "村民[姓名1]、[姓名2]和[姓名3]说"),
        ("找过李书记和张主任", "找过[姓名1]书记和[姓名2]主任"),
        ("书记陆永泉答应过", "书记[姓名1]答应过"),
        ("王先生跟李阿姨吵", "[姓名1]先生跟[姓名2]阿姨吵"),
        ("隔壁老王和小李", "隔壁[姓名1]和[姓名2]"),
        ("欧阳明华的店", "[姓名1]的店"),
        ("姓名：张 三\n", "姓名：[姓名1]\n"),
        ("户主姓陈的那家", "户主姓[姓名1]的那家"),
        ("买买提·艾力开店", "[姓名1]开店"),
        ("张伟，男，住王店镇", "[姓名1]，男，住王店镇"),
        ("儿子周一鸣在读书", "儿子[姓名1]在读书"),
        ("我媽陳國華、劉麗萍和黃淑貞", "我媽[姓名1]、[姓名2]和[姓名3]"),
        ("隔壁的大刘养了狗，楼上大李也养", "隔壁的[姓名1]养了狗，楼上[姓名2]也养"),
        ("楼下阿芳开麻将馆，被阿根赶走", "楼下[姓名1]开麻将馆，被[姓名2]赶走"),
        ("被方工赶走，楼上唐工天天敲", "被[姓名1]工赶走，楼上[姓名2]工天天敲"),
        ("民警公孙嘉处理", "民警[姓名1]处理"),
        ("此事曾磊知道，判决端木芳赔偿", "此事[姓名1]知道，判决[姓名2]赔偿"),
        ("法定代表人丁朝琪，公司已注销", "法定代表人[姓名1]，公司已注销"),
        ("古丽娜尔·艾山江和阿卜杜拉・玉素甫", "[姓名1]和[姓名2]"),
        ("我叫扎西·多吉，开店的", "我叫[姓名1]，开店的"),
        ("我姓向，开店的", "我姓[姓名1]，开店的"),
        ("浙F12345张某山驾驶", "[车牌1][姓名1]某山驾驶"),
    ],
)
def test_names(text, expected):
    assert masked(text) == expected


def test_ages_of_named_minors_only():
    assert masked("孙子陈浩然（8岁）") == "孙子[姓名1]（[年龄1]）"
    assert masked("我叫王建国，今年58岁") == "我叫[姓名1]，今年58岁"
    assert masked("学生余沐一17周岁") == "学生[姓名1][年龄1]"
    assert masked("不满14周岁的未成年人") == "不满14周岁的未成年人"


def test_names_of_laws_are_left_alone():
    assert masked("《王建国条例》") == "《王建国条例》"


@pytest.mark.parametrize("unit", ["1", "1-", "12-", "王", "一", "3幢", "138 ", "a@", "[", "《"])
def test_the_longest_complaint_made_of_one_thing_comes_back(unit):
    text = unit * (20_000 // len(unit))
    redacted = redact(text)

    assert restore(redacted.masked, redacted) == text


def test_a_bus_line_and_an_opening_hour_are_no_particulars():
    text = "公交152路改道，8:30-11:00开放，3号井盖缺失，分成3组"

    assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三金七万八千元都给了", "三金七万八千元都给了"),
        ("儿媳张小兰于腊月二十三在家", "儿媳[姓名1]于腊月二十三在家"),
        ("等了2时许才来", "等了2时许才来"),
        ("保安张强周一中午脱岗", "保安[姓名1]周一中午脱岗"),
        ("把养老钱￥500交给他", "把养老钱￥500交给他"),
        ("对方总说正在处理", "对方总说正在处理"),
        ("政府部门某些人不作为", "政府部门某些人不作为"),
        ("户口迁到韩家营村", "户口迁到韩家营村"),
        ("已转水务局毕警官处理", "已转水务局[姓名1]警官处理"),
        ("免贵姓许，做小生意", "免贵姓[姓名1]，做小生意"),
        ("和热比娅·艾山合开一家店", "和[姓名1]开一家店"),
        ("周老五农庄的菜不干净", "周老五农庄的菜不干净"),
        ("万科·金色家园二期漏水", "万科·金色家园二期漏水"),
        ("承办人罗凯（0851）86543210", "承办人[姓名1][电话1]"),
        ("姓名 陈阿娇 性别 女", "姓名 [姓名1] 性别 女"),
    ],
)
def test_what_only_looks_like_a_name_stays_and_what_stands_beside_it_goes(text, expected):
    assert masked(text) == expected


def test_a_name_before_a_place_is_a_person():
    assert masked("村民李秀英家门口的路灯坏了") == "村民[姓名1]家门口的路灯坏了"
    assert masked("污水流到张建国门前") == "污水流到[姓名1]门前"
    assert masked("垃圾堆在王桂兰家后院") == "垃圾堆在[姓名1]家后院"
    assert masked("李大爷家的房子漏水") == "[姓名1]大爷家的房子漏水"
