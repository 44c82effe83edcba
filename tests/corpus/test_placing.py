import pytest

from corpus.model import Level
from corpus.placing import place_of, placed


@pytest.mark.parametrize(
    ("name", "title", "making", "level", "region"),
    [
        ("宪法/宪法.md", "中华人民共和国宪法", "", Level.CONSTITUTION, ()),
        ("民法典/总则.md", "中华人民共和国民法典", "", Level.LAW, ()),
        ("行政法规/甲条例.md", "甲条例", "", Level.ADMINISTRATIVE_REGULATION, ()),
        ("司法解释/甲.md", "最高人民法院关于甲的规定", "", Level.JUDICIAL_INTERPRETATION, ()),
        ("部门规章/公安部/甲规定.md", "甲规定", "", Level.DEPARTMENT_RULE, ()),
        ("其他/甲标准.md", "甲标准", "", Level.NORMATIVE_DOCUMENT, ()),
        (
            "DLC/浙江地方法规/地方性法规/浙江/宁波市甲条例.md",
            "宁波市甲条例",
            "",
            Level.LOCAL_REGULATION,
            ("浙江省", "宁波市"),
        ),
        (
            "DLC/浙江地方法规/地方性法规/浙江/绍兴甲酒条例.md",
            "绍兴甲酒条例",
            "",
            Level.LOCAL_REGULATION,
            ("浙江省", "绍兴市"),
        ),
        (
            "DLC/浙江地方法规/地方性法规/浙江/中国（浙江）甲区条例.md",
            "中国（浙江）甲区条例",
            "",
            Level.LOCAL_REGULATION,
            ("浙江省",),
        ),
        (
            "DLC/浙江地方法规/地方性法规/浙江/甲山条例.md",
            "甲山条例",
            "",
            Level.LOCAL_REGULATION,
            ("浙江省",),
        ),
        ("a.docx", "嘉兴市甲条例", "", Level.LOCAL_REGULATION, ("浙江省", "嘉兴市")),
        (
            "a.docx",
            "浙江省甲办法",
            "浙江省人民政府令第1号公布",
            Level.LOCAL_GOVERNMENT_RULE,
            ("浙江省",),
        ),
        (
            "a.docx",
            "浙江省实施《甲法》办法",
            "浙江省第十三届人民代表大会常务委员会通过",
            Level.LOCAL_REGULATION,
            ("浙江省",),
        ),
        (
            "a.docx",
            "珠海经济特区甲条例",
            "（2019年3月28日珠海市第九届人民代表大会常务委员会通过）",
            Level.LOCAL_REGULATION,
            ("广东省", "珠海市"),
        ),
        (
            "a.docx",
            "示例市甲条例",
            "（2019年3月28日示例市第十五届人民代表大会常务委员会通过）",
            Level.LOCAL_REGULATION,
            ("示例市",),
        ),
        (
            "a.docx",
            "示例族自治县甲条例",
            "2019年3月28日示例族自治县第九届人民代表大会第一次会议通过　"
            "2019年5月1日湖北省第十三届人民代表大会常务委员会批准",
            Level.LOCAL_REGULATION,
            ("湖北省", "示例族自治县"),
        ),
        ("a.txt", "秀洲区甲通知", "", Level.NORMATIVE_DOCUMENT, ("浙江省", "嘉兴市", "秀洲区")),
        ("a.txt", "甲村村规民约", "", Level.VILLAGE_COVENANT, ()),
        ("a.txt", "中华人民共和国甲法", "", Level.LAW, ()),
        ("a.txt", "甲管理条例", "", Level.ADMINISTRATIVE_REGULATION, ()),
        ("a.txt", "甲管理办法", "甲部令第2号", Level.DEPARTMENT_RULE, ()),
        ("a.txt", "甲管理办法", "中华人民共和国国务院令第2号", Level.ADMINISTRATIVE_REGULATION, ()),
        ("a.txt", "关于甲的通知", "", Level.NORMATIVE_DOCUMENT, ()),
        ("a.txt", "随笔", "", None, ()),
    ],
)
def test_rank_and_region(
    name: str, title: str, making: str, level: Level | None, region: tuple[str, ...]
) -> None:
    assert placed(name, title, making) == (level, region)


def test_a_title_without_a_place_stays_within() -> None:
    assert place_of("物业管理条例", ("浙江省",)) == ("浙江省",)
    assert place_of("物业管理条例") == ()
