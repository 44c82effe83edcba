"""Claims: which characters are already taken; the more certain recogniser comes first."""

from bisect import bisect_left, insort
from collections.abc import Iterable

from advisor.redaction.model import Span


class Claims:
    """Ranges of one text that do not overlap."""

    def __init__(self) -> None:
        self._ranges: list[tuple[int, int]] = []
        self._spans: list[Span] = []

    def take(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Claim each span that is still free; gives those that were."""
        taken = []
        for span in spans:
            if self._free(span.start, span.end):
                insort(self._ranges, (span.start, span.end))
                taken.append(span)
        self._spans += taken
        return tuple(taken)

    def spans(self) -> tuple[Span, ...]:
        """Every span claimed, in order of appearance."""
        return tuple(sorted(self._spans))

    def _free(self, start: int, end: int) -> bool:
        if start >= end:
            return False
        at = bisect_left(self._ranges, (start, start))
        if at and self._ranges[at - 1][1] > start:
            return False
        return at == len(self._ranges) or self._ranges[at][0] >= end
