"""The contract of the adoption trail: counters always equal the sum of what was said."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.adoption.fold import agree, bare, fold
from advisor.adoption.model import AdoptionEntry, Feedback, Outcome, Review, Standing
from advisor.errors import AdviceAbsent, StoreError, StoreUnavailable
from advisor.ports import AuditEntry, StoredAdvice
from advisor.store import InMemoryAdviceStore, SqlAdviceStore, open_store

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
Store = InMemoryAdviceStore | SqlAdviceStore
PAYLOAD = (
    '{"plan": {"lead_department": "示例镇政府"},'
    ' "provenance": {"prompt": "advise/v1", "model": "m", "trial": "t:B"}}'
)
ADOPTED = Feedback(by="张三", verdict="adopted")
MODIFIED = Feedback(
    by="李四", verdict="modified", sections=("plan", "legal_basis"), edit_distance=0.25, note="改了"
)
REJECTED = Feedback(by="张三", verdict="rejected", reason="not_local")
WITHDRAWN = Feedback(by="张三", verdict=None)
CLEARED = Outcome(
    by="张三", cleared=True, closed_on=date(2026, 3, 13), days=12, reopened=False, satisfied=True
)
OPEN = Outcome(by="张三", cleared=False)
REVIEWED = Review(by="王五", verdict="rejected", reason="too_general")


def keep(store: Store, *numbers: int) -> None:
    for number in numbers:
        at = AT + timedelta(seconds=number)
        record = StoredAdvice(
            f"advice-{number}", at, None, "h", "浙江省", "parking", "llm", "complete", PAYLOAD
        )
        store.save(record, AuditEntry("advice.created", record.id, at=at))


def say(store: Store, number: int, *said: Feedback | Outcome | Review) -> None:
    store.adoption.append(*(AdoptionEntry(f"advice-{number}", one, AT) for one in said))


def only(store: Store, number: int) -> Standing:
    (standing,) = store.adoption.standings(f"advice-{number}")
    return standing


class AdoptionLogContract:
    """Inherit it and give a ``store`` fixture."""

    def test_a_new_advice_stands_without_a_verdict(self, store: Store) -> None:
        keep(store, 2, 1)
        first, second = store.adoption.standings()
        assert (first.advice_id, second.advice_id) == ("advice-1", "advice-2")
        assert first == Standing(
            advice_id="advice-1",
            given_at=AT + timedelta(seconds=1),
            region="浙江省",
            matter="parking",
            mode="llm",
            department="示例镇政府",
            prompt="advise/v1",
            model="m",
            trial="t:B",
        )
        assert store.adoption.entries() == ()

    def test_what_was_said_comes_back_in_its_order(self, store: Store) -> None:
        keep(store, 1, 2)
        say(store, 1, MODIFIED, CLEARED)
        say(store, 2, REVIEWED)
        trail = store.adoption.entries()
        assert [(one.advice_id, one.said, one.at) for one in trail] == [
            ("advice-1", MODIFIED, AT),
            ("advice-1", CLEARED, AT),
            ("advice-2", REVIEWED, AT),
        ]
        assert [one.seq for one in trail] == sorted({one.seq for one in trail})
        assert store.adoption.entries("advice-2") == trail[2:]
        assert store.adoption.entries(kinds=["review"]) == trail[2:]
        assert store.adoption.entries("advice-1", kinds=("feedback", "review")) == trail[:1]

    def test_the_last_feedback_and_the_last_outcome_count(self, store: Store) -> None:
        keep(store, 1)
        say(store, 1, REJECTED, CLEARED)
        say(store, 1, MODIFIED)
        now = only(store, 1)
        assert (now.verdict, now.reason, now.edit_distance) == ("modified", None, 0.25)
        assert now.sections == ("plan", "legal_basis")
        assert (now.judged_by, now.judged_at) == ("李四", AT)
        assert (now.cleared, now.closed_on, now.days) == (True, date(2026, 3, 13), 12)
        say(store, 1, OPEN)
        now = only(store, 1)
        assert (now.verdict, now.cleared, now.closed_on, now.days) == (
            "modified",
            False,
            None,
            None,
        )
        assert (now.reopened, now.satisfied) == (None, None)

    def test_a_feedback_can_be_taken_back(self, store: Store) -> None:
        keep(store, 1)
        say(store, 1, MODIFIED, WITHDRAWN)
        assert only(store, 1) == bare(only(store, 1))
        assert len(store.adoption.entries("advice-1")) == 2

    def test_a_review_changes_no_standing_and_is_told_to_nobody(self, store: Store) -> None:
        keep(store, 1)
        say(store, 1, ADOPTED)
        before = only(store, 1)
        say(store, 1, REVIEWED)
        assert only(store, 1) == before
        assert [one.kind for one in store.outbox.pending()] == [
            "advice.created",
            "advice.feedback",
        ]

    def test_the_outbox_tells_of_feedback_and_outcome(self, store: Store) -> None:
        keep(store, 1)
        say(store, 1, MODIFIED, CLEARED)
        _, feedback, outcome = store.outbox.pending()
        assert feedback.facts == {"verdict": "modified", "reason": None, "edit_distance": 0.25}
        assert outcome.kind == "advice.outcome"
        assert outcome.facts == {
            "cleared": True,
            "closed_on": "2026-03-13",
            "days": 12,
            "reopened": False,
            "satisfied": True,
        }

    def test_nothing_is_stored_of_entries_one_of_which_speaks_of_no_advice(
        self, store: Store
    ) -> None:
        keep(store, 1)
        with pytest.raises(AdviceAbsent):
            store.adoption.append(
                AdoptionEntry("advice-1", ADOPTED), AdoptionEntry("nobody", ADOPTED)
            )
        assert store.adoption.entries() == ()
        assert only(store, 1).verdict is None
        assert len(store.outbox.pending()) == 1

    def test_the_past_is_brought_in_with_what_was_said_of_it(self, store: Store) -> None:
        keep(store, 1)
        past = Standing("past-1", AT, "浙江省", None, "unknown", origin="import")
        store.adoption.append(AdoptionEntry("past-1", REJECTED, AT), begun=(past,))
        first, second = store.adoption.standings()
        assert (first.advice_id, first.origin, first.verdict) == ("past-1", "import", "rejected")
        assert second.origin == "service"

    def test_what_is_known_is_never_begun_anew(self, store: Store) -> None:
        keep(store, 1)
        say(store, 1, ADOPTED)
        known = Standing("advice-1", AT, "浙江省", None, "unknown", origin="import")
        with pytest.raises(StoreUnavailable):
            store.adoption.append(AdoptionEntry("advice-1", REJECTED, AT), begun=(known,))
        assert (only(store, 1).origin, only(store, 1).verdict) == ("service", "adopted")
        assert len(store.adoption.entries()) == 1

    def test_writers_side_by_side_leave_counters_equal_to_the_trail(self, store: Store) -> None:
        keep(store, 1, 2)
        said = (ADOPTED, MODIFIED, REJECTED, WITHDRAWN, CLEARED, OPEN)
        faults: list[Exception] = []

        def write(shift: int) -> None:
            try:
                for turn in range(8):
                    say(store, 1 + (turn + shift) % 2, said[(turn * 5 + shift) % len(said)])
            except StoreError as error:
                faults.append(error)

        writers = [threading.Thread(target=write, args=(shift,)) for shift in range(6)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        trail = store.adoption.entries()
        assert not faults
        assert len(trail) == 48
        assert agree(store.adoption.standings(), trail)


class TestInMemoryAdoptionLog(AdoptionLogContract):
    @pytest.fixture
    def store(self) -> Store:
        return InMemoryAdviceStore()


class TestSqliteAdoptionLog(AdoptionLogContract):
    @pytest.fixture
    def store(self, sqlite_store) -> Store:
        return sqlite_store


class TestPostgresAdoptionLog(AdoptionLogContract):
    @pytest.fixture
    def store(self, postgres_store) -> Store:
        return postgres_store


PEOPLE = st.sampled_from(("张三", "李四"))
SAID = st.one_of(
    st.builds(partial(Feedback, verdict=None), by=PEOPLE),
    st.builds(
        Feedback,
        by=PEOPLE,
        verdict=st.sampled_from(("adopted", "modified", "rejected")),
        reason=st.sampled_from((None, "other", "wrong_law")),
        sections=st.sampled_from(((), ("plan",), ("analysis", "precedents"))),
        edit_distance=st.sampled_from((None, 0.0, 0.125, 1.0)),
    ),
    st.builds(
        Outcome,
        by=PEOPLE,
        cleared=st.booleans(),
        closed_on=st.sampled_from((None, date(2026, 3, 13))),
        days=st.sampled_from((None, 0, 12)),
        reopened=st.sampled_from((None, True, False)),
        satisfied=st.sampled_from((None, True, False)),
    ),
    st.builds(Review, by=PEOPLE, verdict=st.just("adopted")),
)


@pytest.fixture(scope="module")
def shared_store(tmp_path_factory) -> Iterator[SqlAdviceStore]:
    """One file for all examples; each has advice of its own."""
    folder = tmp_path_factory.mktemp("adoption")
    store = open_store(f"sqlite:///{folder / 'advisor.db'}")
    yield store
    store.close()


@settings(max_examples=40, deadline=None)
@given(trail=st.lists(st.tuples(st.integers(0, 3), SAID), max_size=25))
def test_counters_equal_the_sum_of_whatever_was_said(
    shared_store: SqlAdviceStore, trail: list[tuple[int, Feedback | Outcome | Review]]
) -> None:
    first = len(shared_store.adoption.standings())
    keep(shared_store, *range(first, first + 4))
    for number, said in trail:
        say(shared_store, first + number, said)
    standings = shared_store.adoption.standings()
    kept = shared_store.adoption.entries()
    assert agree(standings, kept)
    mine = {f"advice-{first + number}" for number in range(4)}
    said_of_mine = [AdoptionEntry(f"advice-{first + number}", said, AT) for number, said in trail]
    begun = [bare(one) for one in standings if one.advice_id in mine]
    assert fold(begun, said_of_mine) == tuple(one for one in standings if one.advice_id in mine)
