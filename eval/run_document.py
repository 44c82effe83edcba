"""The table of figures in a document, between two marks; the rest of it is written by hand."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from eval.errors import DatasetInvalid
from eval.run_summary import Figure, RunSummary
from eval.run_table import markdown

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
_HEADING = re.compile(r"^### (\w+)$")
_ROW = re.compile(r"^\| `([^`]+)` \| [^|]* \| ([\d.,-]+) \|")
_SLACK, _SLACK_OF_COUNTS = 0.03, 0.05
_CASES_OF_SLACK = 1.5
_TITLES = {
    "retrieval": "The search alone: the complaint as it is told, ten hits.",
    "citations": "The gate on true and false citations; a case is a kind of citation.",
    "redaction": "Generated complaints in the wordings recognisers are developed with.",
    "triage": "Labelled real messages, held out.",
    "advice": "The whole advice.",
}


def rewrite(path: Path, summaries: Sequence[RunSummary]) -> None:
    """Put the figures between the marks of a document.

    Raises:
        DatasetInvalid: The document cannot be read, or has no such marks.
    """
    before, _, after = _parts(path)
    told = "\n".join(_lines(summaries))
    path.write_text(f"{before}{BEGIN}\n{told}\n{END}{after}", encoding="utf-8")


def outdated(path: Path, summaries: Sequence[RunSummary]) -> tuple[str, ...]:
    """What a document tells otherwise than it was measured now, each as a line.

    A figure may be off by 0.03 or by what one case in so few can change, a count by 5 %: a document
    is written anew when something changed, not with every record of knowledge.

    Raises:
        DatasetInvalid: The document cannot be read, or has no such marks.
    """
    told = figures_in(path)
    measured = {
        (one.header.kind, figure.measure): figure for one in summaries for figure in one.figures
    }
    faults = [f"{run} {name}: not measured" for run, name in told.keys() - measured.keys()]
    for key, figure in measured.items():
        if key not in told:
            faults.append(f"{key[0]} {key[1]}: not told")
        elif abs(told[key] - figure.mean) > _slack(figure):
            faults.append(f"{key[0]} {key[1]}: {told[key]} is told, {figure.mean} measured")
    shown = _parts(path)[1]
    faults += [
        f"{one.header.kind}: other material"
        for one in summaries
        if one.header.kind == "advice" and one.header.material.sha256[:12] not in shown
    ]
    return tuple(sorted(faults))


def _slack(figure: Figure) -> float:
    if abs(figure.mean) >= 10:
        return _SLACK_OF_COUNTS * abs(figure.mean)
    return max(_SLACK, _CASES_OF_SLACK / figure.cases)


def figures_in(path: Path) -> Mapping[tuple[str, str], float]:
    """Run and measure to the mean as a document tells it.

    Raises:
        DatasetInvalid: The document cannot be read, or has no such marks.
    """
    found: dict[tuple[str, str], float] = {}
    run = ""
    for line in _parts(path)[1].splitlines():
        if heading := _HEADING.match(line):
            run = heading.group(1)
        elif row := _ROW.match(line):
            found[run, row.group(1)] = float(row.group(2).replace(",", ""))
    return found


def _parts(path: Path) -> tuple[str, str, str]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetInvalid(path, "无法读取") from error
    before, begun, rest = text.partition(BEGIN)
    told, ended, after = rest.partition(END)
    if not begun or not ended:
        raise DatasetInvalid(path, f"没有“{BEGIN}”和“{END}”两个标记")
    return before, told, after


def _lines(summaries: Sequence[RunSummary]) -> Iterator[str]:
    first = summaries[0].header
    yield f"Written by `{first.command} --doc docs/evaluation.md`; corpus {first.corpus}."
    for one in summaries:
        yield ""
        yield f"### {one.header.kind}"
        yield (
            f"{_TITLES[one.header.kind]} {one.cases} cases, {one.crashed} crashed; material "
            f"`{one.header.material.name}` {one.header.material.sha256[:12]}."
        )
        yield ""
        yield markdown(one.figures)
        if one.curves:
            yield ""
            yield from _curves(one)


def _curves(summary: RunSummary) -> Iterator[str]:
    curves = summary.curves
    coverages = [point.coverage for point in next(iter(curves.values()))]
    yield "Accuracy over the surest share of the cases (abstention curve):"
    yield ""
    yield "| surest | " + " | ".join(f"{one:.0%}" for one in coverages) + " |"
    yield "|---|" + "---:|" * len(coverages)
    for name, curve in curves.items():
        yield f"| {name} | " + " | ".join(f"{one.accuracy:.2f}" for one in curve) + " |"
