"""The figures of adoption as one HTML file that loads nothing, with intervals as drawings."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from advisor.adoption.model import REASONS
from advisor.adoption.report import AdoptionReport, Tally
from advisor.adoption.shares import Share
from eval.adoption_table import (
    ANSWERS,
    DECISIONS,
    DIMENSIONS,
    MODES,
    SECTIONS,
    bounds,
    spread,
    told,
    verdict_on_goal,
)

_WIDTH = 240
_MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class Page:
    """What the page is written of; ``names`` gives each kind of matter its name."""

    report: AdoptionReport
    names: Mapping[str, str]
    counters_equal_trail: bool


def page(content: Page) -> str:
    """The whole file."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "told": told,
        "spread": spread,
        "mark": mark,
        "name": lambda value: {**MODES, **content.names}.get(value, value) or "（无）",
    }
    report = content.report
    return environment.get_template("adoption.html").render(
        report=report,
        same=content.counters_equal_trail,
        goal=verdict_on_goal(report),
        bounds=bounds(report),
        goal_at=round(report.goal * _WIDTH),
        width=_WIDTH,
        groups={name: shown(tallies) for name, tallies in report.by.items()},
        hidden={name: max(0, len(tallies) - _MOST_ROWS) for name, tallies in report.by.items()},
        dimensions=DIMENSIONS,
        answers=ANSWERS,
        sections=SECTIONS,
        decisions=DECISIONS,
        reasons=dict(REASONS),
    )


def shown(tallies: tuple[Tally, ...]) -> tuple[Tally, ...]:
    """The groups a page has room for: the largest, in their order."""
    largest = sorted(tallies, key=lambda one: -one.given)[:_MOST_ROWS]
    kept = {one.value for one in largest}
    return tuple(one for one in tallies if one.value in kept)


def mark(share: Share) -> tuple[int, int, int] | None:
    """Where the interval and the rate stand on the line, in pixels; None of nothing."""
    if share.rate is None or share.low is None or share.high is None:
        return None
    low, rate, high = (round(value * _WIDTH) for value in (share.low, share.rate, share.high))
    return low, rate, high
