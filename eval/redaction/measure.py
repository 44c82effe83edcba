"""The measures of redaction: recall per class, precision, protected ranges masked, speed."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from advisor.redaction import redact, restore
from advisor.redaction.model import CLASSES
from advisor.redaction.redact import find_spans
from eval.redaction.generator import PROTECTED, Sample

_STRUCTURED = frozenset(("证件号", "电话", "银行卡", "车牌", "邮箱", "微信号", "QQ号"))
_EXAMPLES = 30


class Found(NamedTuple):
    """A range masked, and its class."""

    start: int
    end: int
    cls: str


class ClassRow(BaseModel):
    """One class: how many there were and were masked whole, how many masks were right.

    ``recall`` and ``precision`` are shares in [0, 1]. A particular counts as found when every
    character of it is masked, whatever the class of the mask; a mask is right when it lies
    within one character of a particular it covers in whole or part.
    """

    model_config = ConfigDict(frozen=True)

    cls: str
    known: int
    found: int
    masks: int
    right: int
    recall: float
    precision: float
    missed: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


class RedactionReport(BaseModel):
    """The benchmark's figures; shares in [0, 1], speed in MB of UTF-8 per second of one core."""

    model_config = ConfigDict(frozen=True)

    seed: int
    samples: int
    rows: tuple[ClassRow, ...]
    structured_recall: float
    precision: float
    protected: int
    protected_masked: int
    protected_rate: float
    protected_examples: tuple[str, ...]
    not_restored: int
    mb_per_second: float


def measure_redaction(material: Sequence[Sample], seed: int) -> RedactionReport:
    """Every figure over these samples.

    Args:
        material: generated complaints.
        seed: what they were generated from, for the report.
    """
    tally = _Tally()
    for sample in material:
        spans = find_spans(sample.text)
        tally.add(sample, [Found(span.start, span.end, span.cls) for span in spans])
    rows = tuple(tally.row(cls) for cls in CLASSES)
    structured = [row for row in rows if row.cls in _STRUCTURED]
    return RedactionReport(
        seed=seed,
        samples=len(material),
        rows=rows,
        structured_recall=_share(
            sum(r.found for r in structured), sum(r.known for r in structured)
        ),
        precision=_share(sum(r.right for r in rows), sum(r.masks for r in rows)),
        protected=tally.known[PROTECTED],
        protected_masked=tally.missed[PROTECTED],
        protected_rate=1
        - _share(tally.known[PROTECTED] - tally.missed[PROTECTED], tally.known[PROTECTED]),
        protected_examples=tuple(tally.examples[PROTECTED, "missed"]),
        not_restored=sum(not _restores(sample.text) for sample in material),
        mb_per_second=speed([sample.text for sample in material], redact),
    )


def speed(texts: Iterable[str], work: Callable[[str], object]) -> float:
    """MB of UTF-8 per second of processor time."""
    material = list(texts)
    size = sum(len(text.encode()) for text in material)
    begun = time.process_time()
    for text in material:
        work(text)
    return size / 1e6 / max(time.process_time() - begun, 1e-9)


def _restores(text: str) -> bool:
    redacted = redact(text)
    return restore(redacted.masked, redacted) == text


class _Tally:
    """Counts what was found, missed and wrongly masked."""

    def __init__(self) -> None:
        self.known: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self.masks: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self.examples: dict[tuple[str, str], list[str]] = {
            (cls, kind): [] for cls in (*CLASSES, PROTECTED) for kind in ("missed", "wrong")
        }

    def add(self, sample: Sample, found: Sequence[Found]) -> None:
        masked = {at for span in found for at in range(span.start, span.end)}
        for gold in sample.golds:
            self.known[gold.cls] += 1
            covered = [at in masked for at in range(gold.start, gold.end)]
            if any(covered) if gold.cls == PROTECTED else not all(covered):
                self.missed[gold.cls] += 1
                self._show(gold.cls, "missed", sample.text, gold.start, gold.end)
        private = {
            at
            for gold in sample.golds
            if gold.cls != PROTECTED
            for at in range(gold.start, gold.end)
        }
        for span in found:
            self.masks[span.cls] += 1
            outside = sum(at not in private for at in range(span.start, span.end))
            if outside <= 1 and outside < span.end - span.start:
                self.right[span.cls] += 1
            else:
                self._show(span.cls, "wrong", sample.text, span.start, span.end)

    def row(self, cls: str) -> ClassRow:
        found = self.known[cls] - self.missed[cls]
        return ClassRow(
            cls=cls,
            known=self.known[cls],
            found=found,
            masks=self.masks[cls],
            right=self.right[cls],
            recall=_share(found, self.known[cls]),
            precision=_share(self.right[cls], self.masks[cls]),
            missed=tuple(self.examples[cls, "missed"]),
            wrong=tuple(self.examples[cls, "wrong"]),
        )

    def _show(self, cls: str, kind: str, text: str, start: int, end: int) -> None:
        shown = self.examples[cls, kind]
        if len(shown) < _EXAMPLES:
            left, right = text[max(0, start - 8) : start], text[end : end + 6]
            shown.append(f"{left}〈{text[start:end]}〉{right}".replace("\n", "⏎").replace("\r", ""))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
