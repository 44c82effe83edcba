"""A finding of lint: one thing that is wrong, or could not be checked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right: how grave, in which record, and what, in Chinese.

    ``error`` must be mended; ``warning`` should be looked at; ``note`` only says what the texts at
    hand do not let us check.
    """

    severity: Severity
    where: str
    message: str


def grave(findings: Iterable[Finding]) -> bool:
    """Whether any finding must be mended."""
    return any(finding.severity == "error" for finding in findings)
