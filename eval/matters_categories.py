"""Matter recognition over whole files of real messages: coverage, agreement, speed.

Agreement needs no label of ours: the labelled messages bear a first-level category, and every
group of matters leads to one or more of them (``datasets/groups_to_categories.yaml``).
"""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from advisor.matter import MatterRecognizer
from corpus.knowledge import Knowledge
from corpus.model import Playbook
from eval.errors import DatasetInvalid
from eval.matters import message_rows

DEFAULT_MAPPING = Path(__file__).parent / "datasets" / "groups_to_categories.yaml"
LABELLED = "labelled_messages.xlsx"
FILES = (LABELLED, "resolved_messages.xlsx", "backlog.xlsx")
_CATEGORY = "一级分类"
_FIRST = 3


class Categories(BaseModel):
    """Which categories a group, or a single matter of it, leads to; data, not code."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    categories: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]
    matters: Mapping[str, tuple[str, ...]]

    def of(self, playbook: Playbook, knowledge: Knowledge) -> tuple[str, ...]:
        """The categories of a matter; empty when its group leads nowhere."""
        if playbook.id in self.matters:
            return self.matters[playbook.id]
        group = knowledge.group(playbook.group)
        return self.groups.get(group.name if group else playbook.group, ())


class Coverage(BaseModel):
    """What was recognised in one file: messages, those given a matter, those left open.

    ``recognised`` is a share, 0 to 1; ``per_second`` messages recognised each second.
    """

    model_config = ConfigDict(frozen=True)

    file: str
    messages: int
    recognised: float
    abstained: int
    per_second: float


class CategoryRow(BaseModel):
    """Agreement within one category, or over all of them.

    ``top1``: share of all its messages given a matter that leads to it; ``top1_recognised``: of
    those given any; ``top3``: of all, with such a matter among the three best scores.
    """

    model_config = ConfigDict(frozen=True)

    category: str
    messages: int
    recognised: int
    top1: float
    top1_recognised: float
    top3: float


class MessageRow(BaseModel):
    """What was recognised for one labelled message."""

    model_config = ConfigDict(frozen=True)

    id: str
    category: str
    given: str | None
    first_three: tuple[str, ...]
    top1: bool
    top3: bool


def read_categories(path: Path) -> Categories:
    """The mapping of a YAML file.

    Raises:
        DatasetInvalid: It is no such mapping, or names a category that is none.
    """
    try:
        found = Categories.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, ValidationError, yaml.YAMLError) as error:
        raise DatasetInvalid(path, f"无法读取分类对照（{error}）") from error
    named = {
        one for group in (found.groups, found.matters) for row in group.values() for one in row
    }
    if unknown := sorted(named - set(found.categories)):
        raise DatasetInvalid(path, f"不认识的分类 {'、'.join(unknown)}")
    return found


def coverage(path: Path, recognizer: MatterRecognizer) -> Coverage:
    """How many messages of a file are given a matter, and how fast."""
    texts = tuple(one.text for one in message_rows(path))
    begun = time.perf_counter()
    given = sum(recognizer.recognise(text).type is not None for text in texts)
    seconds = time.perf_counter() - begun
    return Coverage(
        file=path.name,
        messages=len(texts),
        recognised=given / len(texts) if texts else 0.0,
        abstained=len(texts) - given,
        per_second=round(len(texts) / seconds, 1) if seconds else 0.0,
    )


def agreement(
    path: Path, recognizer: MatterRecognizer, knowledge: Knowledge, categories: Categories
) -> tuple[MessageRow, ...]:
    """One row for each labelled message of a file.

    Raises:
        DatasetInvalid: The file or a column of it is missing.
    """
    leads = {book.id: categories.of(book, knowledge) for book in knowledge.playbooks}
    rows: list[MessageRow] = []
    for id_, text, label in message_rows(path, _CATEGORY):
        given = recognizer.recognise(text).type
        first = tuple(one.playbook.id for one in recognizer.score(text)[:_FIRST])
        rows.append(
            MessageRow(
                id=id_,
                category=label,
                given=given,
                first_three=first,
                top1=given is not None and label in leads[given],
                top3=any(label in leads[one] for one in first),
            )
        )
    return tuple(rows)


def by_category(rows: Sequence[MessageRow]) -> tuple[CategoryRow, ...]:
    """A row for each category, the largest first, then one over all."""
    names = {row.category for row in rows}
    parts = [[row for row in rows if row.category == name] for name in names]
    parts.sort(key=lambda part: (-len(part), part[0].category))
    return (*(_category(part[0].category, part) for part in parts), _category("全部", rows))


def _category(name: str, rows: Sequence[MessageRow]) -> CategoryRow:
    given = [row for row in rows if row.given is not None]
    return CategoryRow(
        category=name,
        messages=len(rows),
        recognised=len(given),
        top1=_share(sum(row.top1 for row in rows), len(rows)),
        top1_recognised=_share(sum(row.top1 for row in given), len(given)),
        top3=_share(sum(row.top3 for row in rows), len(rows)),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
