"""By when what is due 期限: the office's limits counted from receipt, the resident's as reminders.

The limits themselves are data with their sources (``corpus/data/time_limits.yaml``). A limit in
days counts calendar days, the day of receipt left out, and ends on the next working day where its
last day is none, as 民法典 第二百零三条 has it and the procedure laws have it alike; a limit in
working days counts by the holidays announced.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from advisor.batch.model import Deadline
from advisor.fitting import fits
from advisor.model import Complaint
from advisor.workdays import after_working_days, announced, next_working_day
from corpus.library import Library
from corpus.model import Status, TimeLimit
from corpus.numerals import parse_article
from corpus.region import covers

_NOT_ANNOUNCED = "该年节假日安排尚未公布，仅按周末推算"
PEOPLE_FIRST = "到场或联系当事人，先保人身安全"


def deadlines_of(
    complaint: Complaint,
    limits: Iterable[TimeLimit],
    library: Library,
    *,
    received: date,
    today: date,
) -> tuple[Deadline, ...]:
    """What the office owes by when, the earliest first.

    Args:
        complaint: As understood; a law counts only where it is in force on its day and place.
        limits: Those of the complaint's matter, and those of every matter.
        library: Rules on validity.
        received: The day the complaint came in.
        today: The day it is worked on; what was due before is told as overdue.
    """
    held = holding(complaint, limits, library)
    found = [_deadline(limit, received, today) for limit in held if limit.runs == "office"]
    return tuple(sorted(found, key=lambda d: (d.due_on, d.what)))


def reminders_of(
    complaint: Complaint, limits: Iterable[TimeLimit], library: Library
) -> tuple[str, ...]:
    """Limits of the resident's own rights, each with its article."""
    return tuple(
        f"{limit.what}（《{limit.law}》{limit.article}）"
        for limit in holding(complaint, limits, library)
        if limit.runs == "resident"
    )


def limits_for(matter: str | None, limits: Iterable[TimeLimit]) -> Iterator[TimeLimit]:
    """The limits that hold for a matter, or for every one."""
    return (one for one in limits if not one.matters or matter in one.matters)


def holding(
    complaint: Complaint, limits: Iterable[TimeLimit], library: Library
) -> Iterator[TimeLimit]:
    """Of these limits the ones that count for the complaint and are law on its day and place."""
    for limit in limits:
        if fits(limit, complaint.text) and (not limit.law or _in_force(limit, complaint, library)):
            yield limit


def at_once(today: date) -> Deadline:
    """What people in danger are owed: the same day, working day or not."""
    return Deadline(
        what=PEOPLE_FIRST, due_on=today, basis="存在人身安全风险，当日处置，不因休息日顺延"
    )


def _in_force(limit: TimeLimit, complaint: Complaint, library: Library) -> bool:
    title = library.resolve(limit.law)
    view = title and library.article(title, parse_article(limit.article), on=complaint.as_of)
    if not view or not covers(view.statute.region, complaint.region):
        return False
    return library.validity(view.statute, complaint.as_of).status is Status.IN_FORCE


def _deadline(limit: TimeLimit, received: date, today: date) -> Deadline:
    if limit.working:
        due = after_working_days(received, limit.days)
    else:
        due = next_working_day(received + timedelta(days=limit.days))
    source = f"《{limit.law}》{limit.article}" if limit.law else limit.practice
    counted = f"{limit.days}个工作日" if limit.working else f"{limit.days}日"
    notes = [f"{source}，{counted}", limit.note, "" if announced(due) else _NOT_ANNOUNCED]
    return Deadline(
        what=limit.what,
        due_on=due,
        basis="；".join(note for note in notes if note),
        law=limit.law,
        article=limit.article,
        overdue=due < today,
    )
