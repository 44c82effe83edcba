from datetime import date

import pytest

from corpus.flags import Flag
from corpus.model import Level
from corpus.reading import Overrides, Reading, effective_date, read_text
from corpus.statute_parser import parse_text

HEAD = "# 示例条例\n\n2020年1月1日 示例会议通过\n\n<!-- INFO END -->\n\n"


def read(
    text: str, name: str = "行政法规/示例条例(2020-01-01).md", flag: Flag | None = None
) -> Reading:
    return read_text(text, name, "hash", flag=flag, overrides=Overrides())


def test_a_statute_with_its_dates_and_flag() -> None:
    reading = read(HEAD + "第一条 甲。\n", flag=Flag(True, date(2020, 5, 1)))
    statute = reading.contents.statute
    assert statute is not None
    assert reading.outcome == "statute"
    assert (statute.level, statute.expired) == (Level.ADMINISTRATIVE_REGULATION, True)
    assert statute.effective_from == date(2020, 5, 1)
    assert reading.contents.articles[0].statute_id == statute.id


def test_an_older_date_in_the_file_name_voids_flag_and_date() -> None:
    reading = read(HEAD + "第一条 甲。\n", "行政法规/示例条例(2010-01-01).md", Flag(True, None))
    statute = reading.contents.statute
    assert statute is not None
    assert (statute.version, statute.expired) == (date(2020, 1, 1), False)
    assert "2010-01-01" in reading.notes


@pytest.mark.parametrize(
    ("closing", "flag", "day"),
    [
        ("自2020年6月1日起施行。", Flag(False, date(2020, 5, 1)), date(2020, 5, 1)),
        ("自2020年6月1日起施行。", Flag(False, date(2020, 1, 1)), date(2020, 6, 1)),
        ("自2020年6月1日起施行。", None, date(2020, 6, 1)),
        ("自2005年6月1日起施行。", None, date(2020, 1, 1)),
        ("自公布之日起施行。", None, date(2020, 1, 1)),
    ],
)
def test_the_day_a_version_takes_effect(closing: str, flag: Flag | None, day: date) -> None:
    parsed = parse_text(f"{HEAD}第一条 甲。\n\n第二条 本条例{closing}\n", "示例条例(2020-01-01)")
    assert effective_date(parsed, flag) == day


def test_an_undated_text_takes_any_day_that_is_told() -> None:
    text = "# 示例\n\n<!-- INFO END -->\n\n第一条 自2011年5月15日起施行。\n"
    assert effective_date(parse_text(text, "示例"), None) == date(2011, 5, 15)
    assert (
        effective_date(parse_text(text.replace("2011年5月15日", "公布之日"), "示例"), None) is None
    )


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("---\nbookCollapseSection: true\n---\n", "index"),
        (HEAD, "skipped"),
        ("", "skipped"),
        (HEAD + "照此办理。\n", "document"),
        ("# 甲案\n\n## 基本案情\n\n甲。\n\n## 裁判结果\n\n乙。\n", "case"),
    ],
)
def test_other_outcomes(text: str, outcome: str) -> None:
    reading = read(text)
    assert reading.outcome == outcome
    assert bool(reading.reason) == (outcome in {"index", "skipped"})


def test_many_oddities_are_summed_up() -> None:
    body = "".join(
        f"第{n}条 甲。\n\n" for n in ("一", "三", "五", "七", "九", "十一", "十三", "十五")
    )
    assert "另有1处" in read(HEAD + body).notes


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("幸福村村规民约", ("浙江省", "嘉兴市")),
        ("浙江省绍兴市村规民约", ("浙江省", "绍兴市")),
        ("示例条例", ()),
    ],
)
def test_a_covenant_of_an_unknown_village_holds_where_it_is_kept(title, region) -> None:
    text = f"# {title}\n\n<!-- INFO END -->\n\n第一条 门前三包。\n\n第二条 不占通道。\n"
    home = Overrides(home=("浙江省", "嘉兴市"))
    statute = read_text(text, f"{title}.md", "hash", flag=None, overrides=home).contents.statute
    assert statute is not None
    assert statute.region == region
