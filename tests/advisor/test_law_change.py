"""When law changes: which stored advices cite what is no longer so. All law here is fictional."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from advisor.adoption.facts import CitedArticle, hash_of_text
from advisor.law_change import check_laws, fingerprint, judge
from advisor.ports import AuditEntry, StoredAdvice
from advisor.store import InMemoryAdviceStore
from corpus.ingest import add
from corpus.knowledge import Knowledge
from corpus.library import Library
from corpus.limited_parser import LimitedParser
from corpus.model import Gist, GistStatute, Level, Revision, Succession
from corpus.store import CorpusStore

TITLE = "中华人民共和国示例停车法"
TODAY = date(2026, 3, 1)
FIRST, SECOND = "停车应当有序，不得堵塞通道。", "违者处一百元罚款。"


def text(start: str, first: str = FIRST, second: str = SECOND) -> str:
    day = date.fromisoformat(start)
    return (
        f"# {TITLE}\n\n{day.year}年{day.month}月{day.day}日 示例代表大会通过\n\n"
        "<!-- INFO END -->\n\n"
        f"第一条 {first}\n\n第二条 {second}\n\n"
        f"第三条 本法自{day.year}年{day.month}月{day.day}日起施行。\n"
    )


class World:
    """A collection that grows, and the knowledge around it."""

    def __init__(self, folder, parser) -> None:
        self.folder = folder / "laws"
        self.folder.mkdir()
        self.store = CorpusStore(folder / "corpus.db")
        self.parser = parser
        self.knowledge = Knowledge()

    def add(self, start: str, **texts: str) -> None:
        path = self.folder / f"示例停车法({start}).md"
        path.write_text(text(start, **texts), encoding="utf-8")
        add(self.store, [self.folder], parser=self.parser)

    @property
    def library(self) -> Library:
        return Library(self.store, self.knowledge)


@pytest.fixture(scope="module")
def parser() -> Iterator[LimitedParser]:
    with LimitedParser() as parser:
        yield parser


@pytest.fixture
def world(tmp_path, parser) -> Iterator[World]:
    world = World(tmp_path, parser)
    world.add("2020-09-01")
    yield world
    world.store.close()


def cited(**changes: object) -> CitedArticle:
    plain = CitedArticle(
        law=TITLE,
        article="第一条",
        law_day=date(2025, 6, 1),
        text_sha256=hash_of_text(FIRST),
        text_kind="verbatim",
        status="in_force",
        effective_from=date(2020, 9, 1),
    )
    return replace(plain, **changes)


def test_nothing_is_said_of_a_law_that_reads_as_it_did(world: World) -> None:
    assert judge(world.library, cited(), TODAY) is None
    assert judge(world.library, cited(article="第九条"), TODAY) is None
    assert judge(world.library, cited(article="附则"), TODAY) is None
    assert judge(world.library, cited(law="示例没有收录的法"), TODAY) is None


def test_a_later_version_leaves_the_advice_right_on_its_day(world: World) -> None:
    world.add("2026-01-01", first="停车一律入位。")
    found = judge(world.library, cited(), TODAY)
    assert found is not None
    assert (found.verdict, found.changed_on) == ("changed", date(2026, 1, 1))
    assert found.told == f"《{TITLE}》第一条：自 2026-01-01 起施行的文本与所引不同"


def test_an_article_the_later_version_left_alone_is_not_marked(world: World) -> None:
    world.add("2026-01-01", first="停车一律入位。")
    second = cited(article="第二条", text_sha256=hash_of_text(SECOND))
    assert judge(world.library, second, TODAY) is None


def test_a_version_that_held_on_the_day_already_makes_the_advice_outdated(world: World) -> None:
    world.add("2025-01-01", first="停车一律入位。")
    found = judge(world.library, cited(), TODAY)
    assert found is not None
    assert (found.verdict, found.changed_on) == ("outdated", date(2025, 1, 1))


def test_a_version_that_is_still_to_come_is_told_with_its_day(world: World) -> None:
    world.add("2026-07-01", first="停车一律入位。")
    found = judge(world.library, cited(), TODAY)
    assert found is not None
    assert (found.verdict, found.changed_on) == ("changed", date(2026, 7, 1))


@pytest.mark.parametrize(
    ("ended_on", "verdict"), [(date(2025, 9, 1), "changed"), (date(2025, 6, 1), "outdated")]
)
def test_a_repeal_is_told_with_what_took_its_place(world: World, ended_on, verdict) -> None:
    row = Succession(
        old=TITLE, successors=["示例新停车法"], ended_on=ended_on, kind="repealed", source="示例"
    )
    world.knowledge = Knowledge(successions=(row,))
    found = judge(world.library, cited(), TODAY)
    assert found is not None
    assert (found.verdict, found.changed_on) == (verdict, ended_on)
    assert "示例新停车法" in found.told


def test_a_revision_whose_text_is_not_at_hand_is_told_unless_the_reader_was(world: World) -> None:
    row = Revision(
        law=TITLE,
        revised_on=date(2025, 8, 1),
        in_force_from=date(2025, 9, 1),
        source="示例",
    )
    world.knowledge = Knowledge(revisions=(row,))
    found = judge(world.library, cited(), TODAY)
    assert found is not None
    assert (found.verdict, found.changed_on) == ("changed", date(2025, 9, 1))
    assert judge(world.library, cited(status="revised_since"), TODAY) is None


def test_a_gist_and_its_official_text_are_compared_by_their_version(world: World) -> None:
    gist = cited(text_kind="gist", text_sha256=hash_of_text("停车要守规矩。"))
    assert judge(world.library, gist, TODAY) is None
    older = replace(gist, effective_from=date(2011, 5, 1))
    found = judge(world.library, older, TODAY)
    assert found is not None
    assert found.verdict == "outdated"


def test_a_text_that_was_put_right_is_told_as_such(world: World) -> None:
    found = judge(world.library, cited(text_sha256="other"), TODAY)
    assert found is not None
    assert found.verdict == "outdated"
    assert "更正" in found.told


def test_the_fingerprint_tells_of_texts_gists_and_ends(world: World) -> None:
    seen = [fingerprint(world.library, TITLE)]
    assert fingerprint(world.library, "示例停车法") == seen[0]
    world.add("2026-01-01", first="停车一律入位。")
    seen.append(fingerprint(world.library, TITLE))
    gist = GistStatute(
        title=TITLE,
        level=Level.LAW,
        version=date(2026, 1, 1),
        effective_from=date(2026, 1, 1),
        source="示例",
        articles=[
            Gist(article="第一条", gist="停车要入位。", phrasings=["乱停", "乱放"], topics=["停车"])
        ],
    )
    world.knowledge = Knowledge(statutes=(gist,))
    seen.append(fingerprint(world.library, TITLE))
    row = Succession(
        old=TITLE, successors=[], ended_on=date(2030, 1, 1), kind="repealed", source="示例"
    )
    world.knowledge = Knowledge(statutes=(gist,), successions=(row,))
    seen.append(fingerprint(world.library, TITLE))
    assert len(set(seen)) == 4


def keep(store: InMemoryAdviceStore, adviser_payload: str, name: str, day: str) -> None:
    at = datetime.fromisoformat(f"{day}T04:00:00+00:00").astimezone(UTC)
    store.save(
        StoredAdvice(name, at, None, "h", "浙江省", None, "llm", "complete", adviser_payload),
        AuditEntry("advice.created", name, at=at),
    )


def test_every_advice_that_cites_a_changed_article_is_marked_once(world: World) -> None:
    payload = (
        f'{{"legal_basis": [{{"law": "{TITLE}", "article": "第一条", "text": "{FIRST}",'
        ' "text_kind": "verbatim", "status": "in_force", "effective_from": "2020-09-01"}]}'
    )
    store = InMemoryAdviceStore()
    keep(store, payload, "before", "2025-06-01")
    keep(store, payload, "after", "2026-02-01")
    assert check_laws(world.library, store.law_watch, TODAY) == ()
    world.add("2026-01-01", first="停车一律入位。")
    marks = check_laws(world.library, store.law_watch, TODAY)
    assert {(one.advice_id, one.finding.verdict) for one in marks} == {
        ("before", "changed"),
        ("after", "outdated"),
    }
    assert check_laws(world.library, store.law_watch, TODAY) == ()
    # One stored since by a process that still served the old text is found, too.
    keep(store, payload, "late", "2026-02-02")
    (late,) = check_laws(world.library, store.law_watch, TODAY)
    assert (late.advice_id, late.finding.verdict) == ("late", "outdated")
    assert len(store.law_watch.marks()) == 3


def test_a_version_that_was_wrongly_added_takes_its_marks_along(world: World) -> None:
    payload = (
        f'{{"legal_basis": [{{"law": "{TITLE}", "article": "第一条", "text": "{FIRST}",'
        ' "text_kind": "verbatim", "status": "in_force", "effective_from": "2020-09-01"}]}'
    )
    store = InMemoryAdviceStore()
    keep(store, payload, "one", "2025-06-01")
    world.add("2026-01-01", first="停车一律入位。")
    assert len(check_laws(world.library, store.law_watch, TODAY)) == 1
    world.add("2026-01-01")
    assert check_laws(world.library, store.law_watch, TODAY) == ()
    assert store.law_watch.marks() == ()
