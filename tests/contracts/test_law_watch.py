"""The contract of the watch over the law: what was examined, and the marks that came of it."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from advisor.adoption.facts import CitedArticle, hash_of_text
from advisor.adoption.model import AdoptionEntry, Outcome
from advisor.law_change import Finding, LawMark, WatchedLaw
from advisor.ports import AuditEntry, StoredAdvice
from advisor.store import InMemoryAdviceStore, SqlAdviceStore

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
Store = InMemoryAdviceStore | SqlAdviceStore
CHANGED = Finding("changed", date(2026, 5, 1), "自 2026-05-01 起施行的文本与所引不同")
OUTDATED = Finding("outdated", None, "已失效")


def keep(store: Store, name: str, *cited: tuple[str, str]) -> None:
    shown = [
        {
            "law": law,
            "article": article,
            "text": "停车应当有序。",
            "text_kind": "verbatim",
            "status": "in_force",
            "effective_from": "2020-09-01",
        }
        for law, article in cited
    ]
    payload = json.dumps({"complaint": {"occurred_on": "2026-02-01"}, "legal_basis": shown})
    record = StoredAdvice(name, AT, None, "h", "浙江省", None, "llm", "complete", payload)
    store.save(record, AuditEntry("advice.created", name, at=AT))


def clear(store: Store, name: str) -> None:
    told = Outcome(by="张三", cleared=True, closed_on=date(2026, 3, 2), days=1)
    store.adoption.append(AdoptionEntry(name, told, AT))


def examined(store: Store) -> WatchedLaw:
    (law,) = store.law_watch.laws()
    return replace(law, fingerprint="f1")


def cited(article: str = "第一条") -> CitedArticle:
    return CitedArticle(
        law="示例停车法",
        article=article,
        law_day=date(2026, 2, 1),
        text_sha256=hash_of_text("停车应当有序。"),
        text_kind="verbatim",
        status="in_force",
        effective_from=date(2020, 9, 1),
    )


def told(marks: tuple[LawMark, ...]) -> list[tuple[str, str, str]]:
    assert {one.law for one in marks} <= {"示例停车法"}
    return [(one.advice_id, one.article, one.finding.verdict) for one in marks]


class LawWatchContract:
    """Inherit it and give a ``store`` fixture."""

    def test_the_articles_of_an_advice_are_found_by_their_law(self, store: Store) -> None:
        keep(store, "a", ("示例停车法", "第一条"), ("示例噪声法", "第三条"))
        keep(store, "b", ("示例停车法", "第二条"))
        noise, parking = sorted(store.law_watch.laws(), key=lambda one: one.newest)
        assert (noise.law, parking.law) == ("示例噪声法", "示例停车法")
        assert (parking.fingerprint, parking.checked_until) == (None, 0)
        assert set(store.law_watch.cited("示例停车法")) == {cited(), cited("第二条")}
        assert store.law_watch.cited("示例消防法") == ()

    def test_what_many_advices_show_is_examined_once(self, store: Store) -> None:
        keep(store, "a", ("示例停车法", "第一条"))
        keep(store, "b", ("示例停车法", "第一条"))
        assert store.law_watch.cited("示例停车法") == (cited(),)
        fresh = store.law_watch.mark(examined(store), {cited(): CHANGED}, whole=True)
        assert told(fresh) == [("a", "第一条", "changed"), ("b", "第一条", "changed")]

    def test_a_change_marks_open_matters_only(self, store: Store) -> None:
        keep(store, "a", ("示例停车法", "第一条"), ("示例停车法", "第二条"))
        clear(store, "a")
        found = {cited(): CHANGED, cited("第二条"): OUTDATED}
        fresh = store.law_watch.mark(examined(store), found, whole=True)
        assert told(fresh) == [("a", "第二条", "outdated")]

    def test_what_came_after_the_last_examination_is_known(self, store: Store) -> None:
        keep(store, "a", ("示例停车法", "第一条"))
        (law,) = store.law_watch.laws()
        store.law_watch.mark(replace(law, fingerprint="f1"), {}, whole=True)
        (law,) = store.law_watch.laws()
        assert law == WatchedLaw("示例停车法", "f1", law.newest, law.newest)
        keep(store, "b", ("示例停车法", "第二条"))
        (law,) = store.law_watch.laws()
        assert law.newest > law.checked_until
        assert store.law_watch.cited("示例停车法", law.checked_until) == (cited("第二条"),)
        found = {cited(): CHANGED, cited("第二条"): CHANGED}
        fresh = store.law_watch.mark(law, found, whole=False)
        assert told(fresh) == [("b", "第二条", "changed")]

    def test_marks_are_kept_and_told_of_once(self, store: Store) -> None:
        keep(store, "a", ("示例停车法", "第一条"), ("示例停车法", "第二条"))
        found = {cited(): CHANGED, cited("第二条"): OUTDATED}
        fresh = store.law_watch.mark(examined(store), found, whole=True)
        assert store.law_watch.marks("a") == fresh
        assert [one.finding for one in fresh] == [CHANGED, OUTDATED]
        assert store.law_watch.marks("b") == ()
        assert store.law_watch.mark(examined(store), found, whole=True) == ()
        told_of = [one for one in store.outbox.pending() if one.kind != "advice.created"]
        assert [(one.kind, one.subject) for one in told_of] == [
            ("advice.law_changed", "a"),
            ("advice.law_changed", "a"),
            ("law.changed", "示例停车法"),
        ]
        assert told_of[0].facts == {
            "law": "示例停车法",
            "article": "第一条",
            "finding": "changed",
            "changed_on": "2026-05-01",
        }
        assert told_of[2].facts == {"law": "示例停车法", "advices": 1, "outdated": 1}

    def test_a_mark_that_says_otherwise_takes_the_place_of_the_first(self, store: Store) -> None:
        keep(store, "a", ("示例停车法", "第一条"))
        store.law_watch.mark(examined(store), {cited(): CHANGED}, whole=True)
        fresh = store.law_watch.mark(examined(store), {cited(): OUTDATED}, whole=True)
        assert fresh == store.law_watch.marks()
        assert told(fresh) == [("a", "第一条", "outdated")]

    def test_marks_not_found_again_are_gone_when_all_was_examined(self, store: Store) -> None:
        keep(store, "a", ("示例停车法", "第一条"), ("示例停车法", "第二条"))
        both = {cited(): CHANGED, cited("第二条"): CHANGED}
        store.law_watch.mark(examined(store), both, whole=True)
        store.law_watch.mark(examined(store), {}, whole=False)
        assert len(store.law_watch.marks()) == 2
        store.law_watch.mark(examined(store), {cited("第二条"): CHANGED}, whole=True)
        assert told(store.law_watch.marks()) == [("a", "第二条", "changed")]

    def test_a_change_concerns_nobody_once_the_matter_is_cleared(self, store: Store) -> None:
        keep(store, "a", ("示例停车法", "第一条"), ("示例停车法", "第二条"))
        found = {cited(): CHANGED, cited("第二条"): OUTDATED}
        store.law_watch.mark(examined(store), found, whole=True)
        clear(store, "a")
        assert told(store.law_watch.marks("a")) == [("a", "第二条", "outdated")]


class TestInMemoryLawWatch(LawWatchContract):
    @pytest.fixture
    def store(self) -> Store:
        return InMemoryAdviceStore()


class TestSqliteLawWatch(LawWatchContract):
    @pytest.fixture
    def store(self, sqlite_store) -> Store:
        return sqlite_store


class TestPostgresLawWatch(LawWatchContract):
    @pytest.fixture
    def store(self, postgres_store) -> Store:
        return postgres_store
