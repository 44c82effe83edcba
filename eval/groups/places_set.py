"""Places found in real messages against places read by hand: precision, recall, what differs."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from advisor.batch.places import find_places
from eval.errors import DatasetInvalid
from eval.groups.material import Message

FOLDER = Path(__file__).parent.parent / "datasets"
READ = 150
"""So many characters behind the subject were read when labelling."""
LONGEST = 12
"""Longer names are neither committed nor counted."""


class PlacesReport(BaseModel):
    """Specific places (areas left out) of one labelled set."""

    model_config = ConfigDict(frozen=True)

    half: Literal["dev", "test"]
    messages: int
    labelled: int
    found: int
    right: int
    precision: float
    recall: float
    wrong: tuple[str, ...]
    missed: tuple[str, ...]


def read_places(half: Literal["dev", "test"]) -> Mapping[str, frozenset[str]]:
    """The places of each labelled message by its id.

    Raises:
        DatasetInvalid: a line is no label.
    """
    path = FOLDER / f"places_{half}.jsonl"
    labels: dict[str, frozenset[str]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        row = json.loads(line)
        if set(row) != {"ref", "places"} or row["ref"] in labels:
            raise DatasetInvalid(path, f"第 {number} 行不是一条留言的地点")
        labels[row["ref"]] = frozenset(row["places"])
    return labels


def measure_places(messages: Sequence[Message], half: Literal["dev", "test"]) -> PlacesReport:
    """Compare key by key."""
    labels = read_places(half)
    told = [(labels[m.ref], _found(m)) for m in messages if m.ref in labels]
    right = sum(len(label & found) for label, found in told)
    labelled = sum(len(label) for label, _ in told)
    found = sum(len(found) for _, found in told)
    return PlacesReport(
        half=half,
        messages=len(told),
        labelled=labelled,
        found=found,
        right=right,
        precision=round(right / max(1, found), 4),
        recall=round(right / max(1, labelled), 4),
        wrong=tuple(sorted(key for label, keys in told for key in keys - label)),
        missed=tuple(sorted(key for label, keys in told for key in label - keys)),
    )


def _found(message: Message) -> frozenset[str]:
    text = f"{message.subject}\n{' '.join(message.text.split())[:READ]}"
    keys = (place.key for place in find_places(text) if place.kind != "area")
    return frozenset(key for key in keys if len(key) <= LONGEST)
