"""What is said of an advice after it was given: its feedback, its outcome, a second opinion."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from advisor import clock
from advisor.model import Value

Verdict = Literal["adopted", "modified", "rejected"]
"""采纳, 修改后采纳, 未采纳; docs/adoption.md defines each."""
Section = Literal["analysis", "plan", "legal_basis", "precedents"]
Reason = Literal[
    "wrong_matter",
    "wrong_facts",
    "wrong_law",
    "wrong_department",
    "not_local",
    "too_general",
    "already_done",
    "too_late",
    "other",
]
Kind = Literal["feedback", "outcome", "review"]
KINDS: tuple[Kind, ...] = ("feedback", "outcome", "review")
Origin = Literal["service", "import"]

VERDICTS: tuple[Verdict, ...] = ("adopted", "modified", "rejected")
REASONS: Mapping[Reason, str] = {
    "wrong_matter": "事项认错了",
    "wrong_facts": "没读懂或事实有误",
    "wrong_law": "法规不对或不适用",
    "wrong_department": "牵头单位不对",
    "not_local": "不合本地实际",
    "too_general": "太笼统，没有新内容",
    "already_done": "已经这样办了",
    "too_late": "来得太晚",
    "other": "其他",
}
"""Why an advice was not used; the codes are stable for programs."""


class Feedback(Value):
    """A verdict on one advice by the person who handled the matter 承办人.

    ``verdict`` None takes an earlier feedback back. ``sections`` are the parts that were used,
    empty where nobody said. ``edit_distance`` is the share of the plan that was rewritten, 0 to 1,
    None where the text used was not handed in. ``note`` holds no personal data: it is masked.
    """

    kind: Literal["feedback"] = "feedback"
    by: str
    verdict: Verdict | None
    reason: Reason | None = None
    sections: tuple[Section, ...] = ()
    edit_distance: float | None = None
    note: str = ""


class Outcome(Value):
    """What came of the matter 结果: all that is known of it, replacing what was told before.

    ``days`` lie between the advice (for imported rows: the receipt) and ``closed_on``. ``reopened``
    反弹 and ``satisfied`` 满意 (the resident's word) are None where nobody asked.
    """

    kind: Literal["outcome"] = "outcome"
    by: str
    cleared: bool
    closed_on: date | None = None
    days: int | None = None
    reopened: bool | None = None
    satisfied: bool | None = None


class Review(Value):
    """A second verdict 复评 by another person, who did not see the first."""

    kind: Literal["review"] = "review"
    by: str
    verdict: Verdict
    reason: Reason | None = None


Said = Annotated[Feedback | Outcome | Review, Field(discriminator="kind")]
SAID: TypeAdapter[Feedback | Outcome | Review] = TypeAdapter(Said)


@dataclass(frozen=True, slots=True)
class AdoptionEntry:
    """One thing said of one advice; never changed, only followed by a later one.

    ``seq`` is 0 until it is stored, and grows from then on: of two entries of a kind the later
    counts.
    """

    advice_id: str
    said: Feedback | Outcome | Review
    at: datetime = field(default_factory=clock.now)
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one advice stands: what it is counted by, its last feedback and its last outcome.

    ``origin`` "import" is a recommendation of the past that this service did not give.
    """

    advice_id: str
    given_at: datetime
    region: str
    matter: str | None
    mode: str
    department: str = ""
    prompt: str | None = None
    model: str | None = None
    trial: str | None = None
    origin: Origin = "service"
    verdict: Verdict | None = None
    reason: Reason | None = None
    sections: tuple[Section, ...] = ()
    edit_distance: float | None = None
    judged_by: str | None = None
    judged_at: datetime | None = None
    cleared: bool | None = None
    closed_on: date | None = None
    days: int | None = None
    reopened: bool | None = None
    satisfied: bool | None = None

    @property
    def used(self) -> bool:
        """Adopted as it was, or modified."""
        return self.verdict in ("adopted", "modified")


def changes(entry: AdoptionEntry) -> dict[str, object]:
    """The members of a standing that an entry sets anew; a review sets none."""
    said = entry.said
    if isinstance(said, Feedback):
        given = said.verdict is not None
        return {
            "verdict": said.verdict,
            "reason": said.reason,
            "sections": said.sections,
            "edit_distance": said.edit_distance,
            "judged_by": said.by if given else None,
            "judged_at": entry.at if given else None,
        }
    if isinstance(said, Outcome):
        return said.model_dump(exclude={"kind", "by"})
    return {}
