from dataclasses import replace
from datetime import date

import pytest

from corpus.knowledge import Knowledge
from corpus.library import Library
from corpus.lint import Finding, grave, lint
from corpus.model import (
    ArticleRef,
    Case,
    CaseSource,
    Competence,
    Duty,
    Gist,
    GistStatute,
    Level,
    Playbook,
    Question,
    Route,
    Step,
    Succession,
)

ON = date(2021, 1, 1)
PARKING = "中华人民共和国示例停车法"


def duty(law: str, article: str, name: str = "park") -> Duty:
    return Duty(
        id=name, department="局", power="管。", basis=[ArticleRef(law=law, article=article)]
    )


def case(law: str, article: str) -> Case:
    return Case(
        id="c1",
        title="甲",
        place="乙",
        facts="丙",
        measures=["丁"],
        outcome="戊",
        articles=[ArticleRef(law=law, article=article)],
        source=CaseSource(kind="ledger"),
    )


def book(*refs: tuple[str, str]) -> Playbook:
    ask = Question(ask="问", kind="ask")
    step = Step(action="做", owner="社区", days=1)
    return Playbook(
        id="parking",
        name="停车",
        group="示例",
        phrasings=[f"说法{n}" for n in range(10)],
        cues=["停车", "车位", "车库"],
        nature="事",
        parties=["双方"],
        questions=[ask, ask, ask],
        disputes=["争"],
        track="即办",
        lead=Competence(department="局", duty="park"),
        steps=[step, step, step],
        routes=[Route(route="调解", when="愿意")],
        escalation="上报",
        script="告知",
        articles=[ArticleRef(law=law, article=article) for law, article in refs],
    )


def findings(library: Library, **changed: object) -> list[Finding]:
    knowledge = replace(library.knowledge, **changed)  # type: ignore[arg-type]
    return list(lint(Library(library.store, knowledge), on=ON))


def told(found: list[Finding], words: str) -> list[str]:
    return [one.severity for one in found if words in one.message]


def test_a_sound_pack_has_nothing_grave(library: Library) -> None:
    found = findings(library, duties=(duty(PARKING, "第二条"),))
    assert not grave(found)


@pytest.mark.parametrize(
    ("law", "article", "words", "severity"),
    [
        (PARKING, "第九条", "库内没有这一条", "error"),
        ("示例旧办法", "第一条", "无效", "error"),
        ("没有这部法", "第一条", "无法核对", "warning"),
    ],
)
def test_references_that_do_not_hold(
    library: Library, law: str, article: str, words: str, severity: str
) -> None:
    assert told(findings(library, duties=(duty(law, article),)), words) == [severity]


def test_a_reference_to_a_text_revised_since(library: Library) -> None:
    refs = (duty("宁波市示例养犬条例", "第一条"),)
    knowledge = replace(library.knowledge, duties=refs)
    found = list(lint(Library(library.store, knowledge), on=date(2024, 4, 1)))
    assert told(found, "已修订") == ["warning"]


def test_a_case_may_rest_on_ended_law_but_not_on_no_article(library: Library) -> None:
    assert not grave(findings(library, cases=(case("示例旧办法", "第一条"),)))
    assert told(findings(library, cases=(case("示例旧办法", "第二条"),)), "没有这一条") == ["error"]


@pytest.mark.parametrize(
    ("refs", "severities"),
    [
        (((PARKING, "第一条"), ("示例旧办法", "第一条")), []),
        (((PARKING, "第一条"), ("示例旧办法", "第二条")), ["error"]),
        ((("示例旧办法", "第一条"), ("示例旧办法", "第一条")), ["error"]),
    ],
    ids=["beside its successor", "no such article", "alone"],
)
def test_a_playbook_names_an_ended_law_only_beside_its_successor(
    library: Library, refs: tuple[tuple[str, str], ...], severities: list[str]
) -> None:
    row = Succession(
        old="示例旧办法",
        successors=[PARKING],
        ended_on=date(2019, 1, 1),
        kind="repealed",
        source="示例",
    )
    found = findings(library, playbooks=(book(*refs),), successions=(row,))
    assert told(found, "引用的《示例旧办法》") == severities


def test_without_a_collection_unknown_laws_are_only_noted(pack: Knowledge) -> None:
    knowledge = replace(pack, duties=(duty("没有这部法", "第一条"), duty(PARKING, "第九条", "bb")))
    found = list(lint(Library(None, knowledge), on=ON))
    assert told(found, "没有这部法") == ["note"]
    assert told(found, "第九条") == ["note"]


def test_duplicates_are_found(library: Library) -> None:
    twice = (duty(PARKING, "第一条"), duty(PARKING, "第二条"))
    assert told(findings(library, duties=twice), "重复2次") == ["error"]


def test_gists_without_an_article_and_of_an_old_version(library: Library) -> None:
    def gists(version: date, effective: date, article: str) -> GistStatute:
        gist = Gist(
            article=article, gist="示例要旨一句话。", phrasings=["车堵门口", "乙"], topics=["丙"]
        )
        return GistStatute(
            title=PARKING,
            level=Level.LAW,
            version=version,
            effective_from=effective,
            source="示例",
            articles=[gist],
        )

    wrong = gists(date(2020, 6, 1), date(2020, 9, 1), "第九十条")
    stale = gists(date(2017, 6, 1), date(2017, 9, 1), "第一条")
    statutes = (*library.knowledge.statutes, wrong, stale)
    found = findings(library, statutes=statutes)
    assert told(found, "库内的法规文本没有这一条") == ["error"]
    assert told(found, "须重写") == ["error"]
    assert told(found, "车堵门口") == ["warning", "warning"]


def test_tables_and_names_are_checked(library: Library) -> None:
    ended = Succession(old="甲法", successors=["乙法"], ended_on=ON, kind="repealed", source="来源")
    found = findings(library, successions=(ended,), aliases={"丙": "丙法"})
    assert told(found, "《乙法》尚无文本") == ["note"]
    assert told(found, "《丙法》尚无文本") == ["note"]


def test_files_that_gave_nothing_are_listed(library: Library) -> None:
    found = list(lint(library, on=ON))
    assert told(found, "未入库：正文为空") == ["warning"]
