"""A town's own knowledge: added, changed, switched off; a broken file costs nothing."""

import os
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import KnowledgeError
from corpus.knowledge import Knowledge
from corpus.town import LAST_GOOD, load_with_town, stamp, town_faults

DUTIES = """
- id: parking
  department: 示例局
  power: 管理示例停车。
  basis: [{law: 示例停车法, article: 第一条}]
- id: dogs
  department: 示例队
  power: 管理示例养犬。
  basis: [{law: 示例停车法, article: 第二条}]
"""
STATUTE = """
title: 示例停车法
level: 法律
version: 2020-06-01
effective_from: 2020-09-01
source: 示例
articles:
  - {article: 第一条, gist: 车要停好别堵路。, phrasings: [车堵门口, 乱停车], topics: [停车]}
  - {article: 第二条, gist: 消防通道不能停车。, phrasings: [堵通道, 消防车进不来], topics: [停车]}
"""
CASE = """
id: own-1
title: 示例村划车位
place: 示例镇
facts: 村口车位少。
measures: [村民代表商定]
outcome: 已划线二十个。
source: {kind: ledger}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    root = tmp_path / "pack"
    write(root, "duties/a.yaml", DUTIES)
    write(root, "statutes/a.yaml", STATUTE)
    write(root, "aliases.yaml", "停车法: 示例停车法\n老停车法: 示例停车法\n")
    write(root, "lexicon.yaml", "- {term: 堵门口, official: [占道]}\n")
    return root


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    (home / "knowledge").mkdir(parents=True)
    return home


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def own(home: Path, name: str, text: str) -> None:
    write(home / "knowledge", name, text)


def duties(knowledge: Knowledge) -> dict[str, str]:
    return {one.id: one.power for one in knowledge.duties}


def test_without_a_folder_there_is_the_pack(pack: Path, tmp_path: Path) -> None:
    knowledge = load_with_town(tmp_path / "nowhere", pack)
    assert duties(knowledge).keys() == {"parking", "dogs"}
    assert knowledge.town.version == ""


def test_some_fields_of_a_record_are_changed(pack: Path, home: Path) -> None:
    own(home, "duties/own.yaml", "- {id: dogs, power: 本镇由城管中队管。}\n")
    knowledge = load_with_town(home, pack)
    assert duties(knowledge) == {"parking": "管理示例停车。", "dogs": "本镇由城管中队管。"}
    assert [d.department for d in knowledge.duties] == ["示例局", "示例队"]
    assert (knowledge.town.added, knowledge.town.changed, knowledge.town.off) == (0, 1, 0)


@pytest.mark.parametrize("name", ["lexicon.yaml", "lexicon/own.yaml"])
def test_words_are_added_in_one_file_or_in_a_folder(pack: Path, home: Path, name: str) -> None:
    write(pack, "lexicon/more.yaml", "- {term: 车堵牢, official: [占道]}\n")
    own(home, name, "- {term: 挡牢, official: [通行]}\n- {term: 堵门口, off: true}\n")
    knowledge = load_with_town(home, pack)
    assert [one.term for one in knowledge.lexicon] == ["车堵牢", "挡牢"]


def test_records_of_its_own_are_added(pack: Path, home: Path) -> None:
    own(home, "cases/own.yml", CASE)
    own(home, "lexicon.yaml", "- {term: 车堵牢, official: [占道]}\n")
    own(home, "aliases.yaml", "示例法: 示例停车法\n")
    knowledge = load_with_town(home, pack)
    assert [one.id for one in knowledge.cases] == ["own-1"]
    assert [one.term for one in knowledge.lexicon] == ["堵门口", "车堵牢"]
    assert knowledge.aliases["示例法"] == "示例停车法"
    assert knowledge.town.added == 3


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("duties/own.yaml", "- {id: dogs, off: true}\n"),
        ("disabled.yaml", "duties: [dogs]\n"),
    ],
)
def test_a_record_is_switched_off(pack: Path, home: Path, name: str, text: str) -> None:
    own(home, name, text)
    knowledge = load_with_town(home, pack)
    assert duties(knowledge).keys() == {"parking"}
    assert knowledge.town.off == 1


def test_a_short_name_is_switched_off(pack: Path, home: Path) -> None:
    own(home, "aliases.yaml", "老停车法:\n")
    own(home, "disabled.yaml", "aliases: [停车法]\n")
    assert load_with_town(home, pack).aliases == {}


def test_gists_of_a_statute_are_changed_one_by_one(pack: Path, home: Path) -> None:
    own(
        home,
        "statutes/own.yaml",
        "title: 示例停车法\nversion: 2020-06-01\narticles:\n"
        "  - {article: 第一条, phrasings: [门前停牢, 车位没了]}\n"
        "  - {article: 第二条, off: true}\n"
        "  - {article: 第三条, gist: 车位可以共享的规定。, phrasings: [借车位, 租车位],"
        " topics: [停车]}\n",
    )
    (statute,) = load_with_town(home, pack).statutes
    assert statute.version == date(2020, 6, 1)
    assert [(one.article, one.phrasings[0]) for one in statute.articles] == [
        ("第一条", "门前停牢"),
        ("第三条", "借车位"),
    ]
    assert statute.articles[0].gist == "车要停好别堵路。"


def test_what_has_no_effect_is_said(pack: Path, home: Path) -> None:
    own(home, "duty/own.yaml", "- {id: dogs}\n")
    own(home, "disabled.yaml", "duties: [cats]\nbooks: [x]\n")
    notes = "".join(load_with_town(home, pack).town.notes)
    assert "duty/own.yaml" in notes
    assert "cats" in notes
    assert "books" in notes


BROKEN = {
    "no yaml": "- {id: [\n",
    "unknown field": "- {id: dogs, might: 管}\n",
    "incomplete": "- {id: cats, power: 管猫}\n",
    "no record": "只是一句话\n",
    "no such day": "- {id: dogs, note: 2026-02-30}\n",
    "deep": "[" * 5_000,
    "itself": "&a [*a]\n",
    "list as a key": "? [a]\n: b\n",
    "twice": "- {id: dogs, power: 甲}\n- {id: dogs, power: 乙}\n",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_keeps_the_last_good_state(pack: Path, home: Path, text: str) -> None:
    own(home, "duties/own.yaml", "- {id: dogs, power: 本镇由城管中队管。}\n")
    good = load_with_town(home, pack)
    own(home, "duties/own.yaml", text)
    kept = load_with_town(home, pack)
    assert duties(kept) == duties(good)
    assert kept.town.version == good.town.version
    assert "knowledge/duties/own.yaml" in kept.town.faults[0]
    assert good.town.version in kept.town.faults[-1]
    assert town_faults(home, pack)


GENERAL = """
questions: [{ask: 何时, kind: ask}, {ask: 何地, kind: ask}, {ask: 何人, kind: ask}]
steps:
  - {action: 登记, owner: 社区, days: 1}
  - {action: 查看, owner: 社区, days: 2}
  - {action: 回访, owner: 社区, days: 3}
lead: {department: 社区, duty: parking}
escalation: 报镇里。
script: 您好。
"""


def test_the_general_guide_can_be_changed_but_not_switched_off(pack: Path, home: Path) -> None:
    write(pack, "general.yaml", GENERAL)
    own(home, "general.yaml", "escalation: 报示例镇综治中心。\n")
    changed = load_with_town(home, pack)
    own(home, "general.yaml", "off: true\n")
    kept = load_with_town(home, pack)
    assert changed.general is not None
    assert kept.general == changed.general
    assert [line.text for line in changed.general.escalation] == ["报示例镇综治中心。"]
    assert len(changed.general.steps) == 3
    assert "不能停用" in kept.town.faults[0]


def test_a_town_may_say_when_a_part_holds_and_who_leads_then(pack: Path, home: Path) -> None:
    write(pack, "general.yaml", GENERAL)
    own(
        home,
        "general.yaml",
        "script: [您好。, {text: 请先洗伤口。, only_if: [咬]}]\n"
        "lead:\n"
        "  - {department: 派出所, duty: dogs, only_if: [咬]}\n"
        "  - {department: 社区, duty: parking}\n",
    )
    general = load_with_town(home, pack).general
    assert general is not None
    assert [(line.text, tuple(line.only_if)) for line in general.script] == [
        ("您好。", ()),
        ("请先洗伤口。", ("咬",)),
    ]
    assert [one.department for one in general.lead] == ["派出所", "社区"]
    own(home, "general.yaml", "lead: {department: 综治中心, duty: parking}\n")
    again = load_with_town(home, pack).general
    assert again is not None
    assert [one.department for one in again.lead] == ["综治中心"]


def test_a_town_cannot_leave_a_complaint_without_a_lead(pack: Path, home: Path) -> None:
    write(pack, "general.yaml", GENERAL)
    own(home, "general.yaml", "lead: {department: 派出所, duty: dogs, only_if: [咬]}\n")
    assert "最后一个不带only_if" in load_with_town(home, pack).town.faults[0]


def test_bytes_that_are_no_text_are_a_fault(pack: Path, home: Path) -> None:
    path = home / "knowledge/duties/own.yaml"
    path.parent.mkdir()
    path.write_bytes(os.urandom(500))
    knowledge = load_with_town(home, pack)
    assert duties(knowledge).keys() == {"parking", "dogs"}
    assert "只用自带知识" in knowledge.town.faults[-1]


def test_a_mended_file_is_used_again(pack: Path, home: Path) -> None:
    own(home, "duties/own.yaml", "- {id: [\n")
    assert load_with_town(home, pack).town.faults
    own(home, "duties/own.yaml", "- {id: dogs, power: 改好了。}\n")
    mended = load_with_town(home, pack)
    assert mended.town.faults == ()
    assert duties(mended)["dogs"] == "改好了。"


def test_an_emptied_folder_gives_the_pack_back(pack: Path, home: Path) -> None:
    own(home, "duties/own.yaml", "- {id: dogs, off: true}\n")
    load_with_town(home, pack)
    (home / "knowledge/duties/own.yaml").unlink()
    assert "dogs" in duties(load_with_town(home, pack))
    own(home, "duties/own.yaml", "- {id: [\n")
    assert "dogs" in duties(load_with_town(home, pack))


def test_a_last_good_state_that_no_longer_fits_the_pack_is_not_used(pack: Path, home: Path) -> None:
    own(home, "duties/own.yaml", "- {id: dogs, power: 甲。}\n")
    load_with_town(home, pack)
    write(pack, "duties/a.yaml", DUTIES.replace("id: dogs", "id: hounds"))
    knowledge = load_with_town(home, pack)
    assert duties(knowledge).keys() == {"parking", "hounds"}
    assert knowledge.town.faults


@pytest.mark.parametrize("kept", ["", "{}", '{"version": "x", "files": {"a.yaml": "AAAA"}}'])
def test_a_damaged_last_good_state_is_passed_over(pack: Path, home: Path, kept: str) -> None:
    (home / LAST_GOOD).write_text(kept, encoding="ascii")
    own(home, "duties/own.yaml", "- {id: [\n")
    assert duties(load_with_town(home, pack)).keys() == {"parking", "dogs"}


def test_a_broken_pack_is_an_error_all_the_same(pack: Path, home: Path) -> None:
    write(pack, "duties/a.yaml", "- {id: [\n")
    own(home, "duties/own.yaml", "- {id: dogs, off: true}\n")
    with pytest.raises(KnowledgeError, match=r"a\.yaml"):
        load_with_town(home, pack)


def test_the_version_follows_the_content(pack: Path, home: Path) -> None:
    own(home, "duties/own.yaml", "- {id: dogs, power: 甲。}\n")
    first, stamped = load_with_town(home, pack).town.version, stamp(home)
    own(home, "duties/own.yaml", "- {id: dogs, power: 乙。。}\n")
    assert load_with_town(home, pack).town.version != first
    assert stamp(home) != stamped
    own(home, "duties/own.yaml", "- {id: dogs, power: 甲。}\n")
    assert load_with_town(home, pack).town.version == first


def test_what_an_editor_leaves_is_passed_over(pack: Path, home: Path) -> None:
    own(home, "duties/.own.yaml", "- {id: [\n")
    own(home, "duties/own.yaml.bak", "- {id: [\n")
    own(home, "README.md", "说明\n")
    knowledge = load_with_town(home, pack)
    assert knowledge.town.faults == ()
    assert knowledge.town.version == ""
