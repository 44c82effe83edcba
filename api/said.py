"""The forms of the page: was an advice used, what came of it, a second verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, get_args

from pydantic import ValidationError

from advisor import clock
from advisor.adoption.edit import plan_text
from advisor.adoption.model import REASONS, Section, Standing, Verdict
from advisor.model import Plan
from api import labels
from api.errors import Refusal, invalid
from api.schemas.adoption import FeedbackIn, OutcomeIn, ReviewIn
from api.schemas.advice import AdviceOut
from api.schemas.base import Incoming

Fields = Mapping[str, Sequence[str]]
_TRUTH: Mapping[str, bool | None] = {"yes": True, "no": False}
_WORDS = {True: "yes", False: "no", None: ""}
_Body = TypeVar("_Body", bound=Incoming)


@dataclass(frozen=True, slots=True)
class SaidForm:
    """What stands in the fields: what was said before, or what was sent and refused."""

    by: str = ""
    verdict: str = ""
    reason: str = ""
    sections: tuple[str, ...] = ()
    edited_plan: str = ""
    note: str = ""
    cleared: str = ""
    closed_on: str = ""
    reopened: str = ""
    satisfied: str = ""

    @classmethod
    def of(cls, standing: Standing | None, plan: str) -> "SaidForm":
        """The fields as the advice stands now."""
        if standing is None:
            return cls(edited_plan=plan)
        return cls(
            by=standing.judged_by or "",
            verdict=standing.verdict or "",
            reason=standing.reason or "",
            sections=standing.sections,
            edited_plan=plan,
            cleared=_WORDS[standing.cleared],
            closed_on=standing.closed_on.isoformat() if standing.closed_on else "",
            reopened=_WORDS[standing.reopened],
            satisfied=_WORDS[standing.satisfied],
        )

    @classmethod
    def read(cls, fields: Fields) -> "SaidForm":
        """The fields as they were sent."""
        one = {name: values[0].strip() for name, values in fields.items() if values}
        plain = {name: one.get(name, "") for name in cls.__slots__ if name != "sections"}
        return cls(sections=tuple(fields.get("sections", ())), **plain)

    def feedback(self, plan: str) -> FeedbackIn:
        """The verdict the fields stand for; the plan counts as edited only where it was.

        Raises:
            Refusal: A field is missing or cannot be read.
        """
        edited = self.edited_plan.replace("\r\n", "\n")
        rewritten = self.verdict == "modified" and edited not in ("", plan)
        used = self.verdict in ("adopted", "modified")
        return _read(
            FeedbackIn,
            {
                "by": self.by,
                "verdict": self.verdict,
                "reason": self.reason or None if self.verdict == "rejected" else None,
                "sections": self.sections if used else (),
                "edited_plan": edited if rewritten else None,
                "note": self.note,
            },
        )

    def outcome(self) -> OutcomeIn:
        """The outcome the fields stand for.

        Raises:
            Refusal: A field is missing or cannot be read.
        """
        cleared = self.cleared == "yes"
        return _read(
            OutcomeIn,
            {
                "by": self.by,
                "cleared": _TRUTH.get(self.cleared),
                "closed_on": self.closed_on or None if cleared else None,
                "reopened": _TRUTH.get(self.reopened) if cleared else None,
                "satisfied": _TRUTH.get(self.satisfied),
            },
        )

    def review(self) -> ReviewIn:
        """The second verdict the fields stand for.

        Raises:
            Refusal: A field is missing or cannot be read.
        """
        reason = self.reason or None if self.verdict == "rejected" else None
        return _read(ReviewIn, {"by": self.by, "verdict": self.verdict, "reason": reason})


def _read(body: type[_Body], values: Mapping[str, object]) -> _Body:
    try:
        return body.model_validate(values)
    except ValidationError as error:
        raise Refusal(invalid(error.errors(include_input=False))) from error


def said_context(
    advice: AdviceOut,
    standing: Standing | None = None,
    *,
    filled: SaidForm | None = None,
    review: bool = False,
) -> dict[str, object]:
    """What the forms below an advice are written with.

    Args:
        advice: The advice they speak of.
        standing: What was said of it; None of one just given, and to a reviewer.
        filled: What was sent and refused.
        review: A second verdict is asked for, and the first is not shown.
    """
    plan = plan_text(Plan.model_validate(advice.plan.model_dump()))
    return {
        "standing": None if review else standing,
        "said": filled or SaidForm.of(None if review else standing, plan),
        "reviewing": review,
        "answers": [(code, labels.ANSWER[code]) for code in get_args(Verdict)],
        "reasons": REASONS,
        "section_choices": [(name, labels.PART_NAMES[name]) for name in get_args(Section)],
        "today_iso": clock.today().isoformat(),
    }
