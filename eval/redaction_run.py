"""Redaction over generated complaints as a run: one row for each complaint."""

from collections.abc import Iterator

from advisor.redaction import restore
from advisor.redaction.redact import find_spans
from advisor.redaction.tokens import mask
from eval.redaction.generator import PROTECTED, Sample, samples
from eval.run_file import RunRow

REDACTION_MEASURES = {"masked": 1, "spared": 1, "restored": 1}
SEED = 20250601


def redaction_rows(count: int, seed: int = SEED) -> Iterator[RunRow]:
    """So many generated complaints, in the wordings that recognisers are developed with.

    ``masked``: the share of the particulars that are masked whole. ``spared``: the share of the
    protected ranges in which nothing is masked. ``restored``: whether masking can be undone.
    """
    for place, sample in enumerate(samples(count, seed)):
        yield _row(f"a-{place:05}", sample)


def _row(name: str, sample: Sample) -> RunRow:
    spans = find_spans(sample.text)
    masked = {at for span in spans for at in range(span.start, span.end)}
    whole = [
        all(at in masked for at in range(gold.start, gold.end))
        for gold in sample.golds
        if gold.cls != PROTECTED
    ]
    spared = [
        not any(at in masked for at in range(gold.start, gold.end))
        for gold in sample.golds
        if gold.cls == PROTECTED
    ]
    redacted = mask(sample.text, spans)
    return RunRow(
        case=name,
        measures={
            "masked": _share(whole),
            "spared": _share(spared),
            "restored": float(restore(redacted.masked, redacted) == sample.text),
        },
    )


def _share(hits: list[bool]) -> float | None:
    return round(sum(hits) / len(hits), 6) if hits else None
