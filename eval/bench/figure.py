"""Figures of the benchmark: what is promised, what was read, and whether the promise holds."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Outcome(StrEnum):
    """How a figure stands against its target.

    ``NOTED`` figures have no target; an ``UNMEASURED`` one lacks what is needed to measure it. A
    measurement that broke is a ``FAIL``, whether or not there is a target.
    """

    OK = "OK"
    FAIL = "FAIL"
    NOTED = "—"
    UNMEASURED = "未测"


@dataclass(frozen=True, slots=True)
class Target:
    """A bound that must be kept, in the unit of its figure; the bound itself is good."""

    sense: Literal["≤", "≥", "="]
    bound: float

    def holds(self, value: float) -> bool:
        """Whether a value keeps the bound; nan never does."""
        if self.sense == "=":
            return value == self.bound
        return value <= self.bound if self.sense == "≤" else value >= self.bound


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """One figure of a probe: its key among the values, its name, unit and target.

    ``digits`` are those shown after the point.
    """

    key: str
    name: str
    unit: str = ""
    target: Target | None = None
    digits: int = 1

    def shown(self, value: float) -> str:
        """The value with its unit, for a person."""
        return f"{value:,.{self.digits}f} {self.unit}".rstrip()

    def promise(self) -> str:
        """The target for a person; empty for a figure without one."""
        if self.target is None:
            return ""
        bound = f"{self.target.bound:,.3f}".rstrip("0").rstrip(".")
        return f"{self.target.sense} {bound} {self.unit}".rstrip()


class Measured(BaseModel):
    """What a probe read: values by the keys of its figures, and remarks in words, by name."""

    model_config = ConfigDict(frozen=True)

    values: dict[str, float]
    remarks: dict[str, str] = {}


class Absence(BaseModel):
    """Why there is no value, in Chinese; ``broken`` when the measurement itself went wrong."""

    model_config = ConfigDict(frozen=True)

    reason: str
    broken: bool


class Row(BaseModel):
    """One figure as it is reported. ``value`` is None when it could not be had; see ``reason``."""

    model_config = ConfigDict(frozen=True)

    probe: str
    key: str
    name: str
    value: float | None
    shown: str
    target: str
    outcome: Outcome
    reason: str | None = None


def row_of(probe: str, spec: FigureSpec, found: Measured | Absence) -> Row:
    """The row of one figure; a probe that forgot it gives a FAIL, so that no figure is dropped."""
    if isinstance(found, Measured) and spec.key not in found.values:
        found = Absence(reason="测量程序没有给出这一项", broken=True)
    if isinstance(found, Absence):
        outcome = Outcome.FAIL if found.broken else Outcome.UNMEASURED
        return _row(probe, spec, None, outcome, found.reason)
    value = found.values[spec.key]
    if spec.target is None:
        return _row(probe, spec, value, Outcome.NOTED)
    return _row(probe, spec, value, Outcome.OK if spec.target.holds(value) else Outcome.FAIL)


def _row(
    probe: str, spec: FigureSpec, value: float | None, outcome: Outcome, reason: str | None = None
) -> Row:
    return Row(
        probe=probe,
        key=spec.key,
        name=spec.name,
        value=value,
        shown=Outcome.UNMEASURED.value if value is None else spec.shown(value),
        target=spec.promise(),
        outcome=outcome,
        reason=reason,
    )
