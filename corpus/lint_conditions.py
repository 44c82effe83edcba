"""What is wrong in conditions: one with no word, and a guide that says too little without any."""

from collections.abc import Iterator, Mapping

from corpus.conditional import Record
from corpus.finding import Finding
from corpus.knowledge import Knowledge

_ALWAYS: Mapping[str, tuple[str, int]] = {
    "steps": ("步骤", 3),
    "articles": ("条文", 2),
    "parties": ("当事人", 1),
    "disputes": ("争议", 1),
    "routes": ("途径", 1),
}
"""So many of these hold for every complaint of a matter: what a story says is never all of it."""


def condition_findings(knowledge: Knowledge) -> Iterator[Finding]:
    """Every ``only_if`` without a word; playbooks that would answer next to nothing."""
    for book in knowledge.playbooks:
        where = f"处置指引{book.id}"
        yield from _empty(where, book)
        parts = dict(book.conditional_parts())
        for name, (label, enough) in _ALWAYS.items():
            always = sum(not part.only_if for part in parts.get(name, ()))
            if always < enough:
                message = f"不带only_if的{label}只有{always}个，至少要{enough}个"
                yield Finding("error", where, message)
    if knowledge.general is not None:
        yield from _empty("通用指引", knowledge.general)
    for duty in knowledge.duties:
        yield from _empty(f"权责{duty.id}", duty)


def _empty(where: str, record: Record) -> Iterator[Finding]:
    for name, parts in record.conditional_parts():
        for part in parts:
            if "only_if" in part.model_fields_set and not part.only_if:
                yield Finding("error", where, f"{name}里有一处only_if是空的：写上词，或删去")
            yield from _empty(where, part)
