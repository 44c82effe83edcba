from dataclasses import replace
from datetime import date

import pytest

from corpus.model import Level, Revision, Status, Statute, Succession, TextKind
from corpus.validity import Surroundings, begins, validity


def statute(
    version: date | None = date(2015, 3, 1),
    effective: date | None = date(2015, 5, 1),
    *,
    expired: bool = False,
) -> Statute:
    return Statute(
        id=f"law_{version}",
        title="示例法",
        level=Level.LAW,
        region=(),
        text_kind=TextKind.VERBATIM,
        version=version,
        effective_from=effective,
        expired=expired,
    )


NEXT = statute(date(2020, 6, 1), date(2020, 9, 1))
ENDED = Succession(
    old="示例法", successors=["新示例法"], ended_on=date(2022, 1, 1), kind="repealed", source="来源"
)
REVISED = Revision(
    law="示例法",
    revised_on=date(2025, 6, 27),
    in_force_from=date(2026, 1, 1),
    changes="改了处罚幅度。",
    source="公报",
    source_url="https://example.org/a",
)


@pytest.mark.parametrize(
    ("on", "status", "until"),
    [
        (date(2015, 4, 30), Status.NOT_YET_IN_FORCE, None),
        (date(2015, 5, 1), Status.IN_FORCE, date(2020, 9, 1)),
        (date(2020, 8, 31), Status.IN_FORCE, date(2020, 9, 1)),
        (date(2020, 9, 1), Status.SUPERSEDED, date(2020, 9, 1)),
    ],
)
def test_a_version_holds_until_the_next_begins(
    on: date, status: Status, until: date | None
) -> None:
    found = validity(statute(), on, Surroundings(following=NEXT))
    assert (found.status, found.until) == (status, until)
    assert found.since == date(2015, 5, 1)


def test_a_rule_ends_by_the_table_of_successions() -> None:
    around = Surroundings(succession=ENDED)
    before = validity(statute(), date(2021, 12, 31), around)
    after = validity(statute(), date(2022, 1, 1), around)
    assert (before.status, before.until) == (Status.IN_FORCE, date(2022, 1, 1))
    assert (after.status, after.successor, after.source) == (Status.REPEALED, "新示例法", "来源")
    assert "《新示例法》" in after.note


def test_an_expired_text_with_unknown_end_is_never_in_force() -> None:
    found = validity(statute(expired=True), date(2024, 1, 1), Surroundings())
    assert found.status is Status.REPEALED
    assert found.until is None
    assert "失效日期不详" in found.note


def test_an_expired_text_holds_before_its_known_end() -> None:
    old = statute(expired=True)
    assert validity(old, date(2019, 1, 1), Surroundings(NEXT)).status is Status.IN_FORCE
    around = Surroundings(succession=ENDED)
    assert validity(old, date(2019, 1, 1), around).status is Status.IN_FORCE
    assert validity(old, date(2023, 1, 1), around).status is Status.REPEALED


def test_a_revision_we_lack_marks_the_text() -> None:
    around = Surroundings(revision=REVISED)
    assert validity(statute(), date(2025, 12, 31), around).status is Status.IN_FORCE
    found = validity(statute(), date(2026, 1, 1), around)
    assert found.status is Status.REVISED_SINCE
    assert "2026年1月1日" in found.note
    assert "改了处罚幅度" in found.note
    assert found.source == "https://example.org/a"


def test_an_undated_text_says_so() -> None:
    found = validity(statute(None, None), date(2024, 1, 1), Surroundings())
    assert found.status is Status.IN_FORCE
    assert found.since is None
    assert found.note


def test_the_beginning_falls_back_to_the_version() -> None:
    assert begins(statute(effective=None)) == date(2015, 3, 1)
    assert begins(statute(None, None)) is None


def test_a_text_whose_collection_gives_no_successor() -> None:
    ended = ENDED.model_copy(update={"successors": [], "kind": "renamed"})
    found = validity(statute(), date(2023, 1, 1), Surroundings(succession=ended))
    assert found.successor is None
    assert "更名" in found.note


def test_before_an_amended_text_began_an_older_wording_applied() -> None:
    amended = replace(statute(date(2020, 6, 1), date(2020, 9, 1)), adopted_on=date(2010, 1, 1))
    found = validity(amended, date(2015, 1, 1), Surroundings())
    assert found.status is Status.NOT_YET_IN_FORCE
    assert "修订前的文本" in found.note
    before = validity(amended, date(2009, 1, 1), Surroundings())
    assert "尚未生效" in before.note
