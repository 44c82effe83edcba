"""Clusters of the real backlog against groups judged by reading: how pure they are."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from advisor.batch.grouping import group
from eval.errors import DatasetInvalid
from eval.groups.material import Message, Preparer

LABELS = Path(__file__).parent.parent / "datasets" / "backlog_clusters.jsonl"
TODAY = date(2020, 12, 31)


class ClustersReport(BaseModel):
    """Purity of the clusters found.

    ``judged`` are the clusters of which at least half of the members were judged, ``members``
    those of them that were. A cluster's share is that of its commonest judged group; ``purity``
    is the mean weighted by members, ``whole`` counts clusters of one group only.
    """

    model_config = ConfigDict(frozen=True)

    clusters: int
    judged: int
    unjudged: int
    members: int
    purity: float
    whole: int
    mixed: tuple[str, ...]


def read_kinds(path: Path = LABELS) -> Mapping[str, str]:
    """Which judged group a message belongs to, by its id; an odd one is a group of its own.

    Raises:
        DatasetInvalid: a message stands in two groups.
    """
    kinds: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        row = json.loads(line)
        odd = {ref: f"{number}-{ref}" for ref in row.get("odd", ())}
        told = {**dict.fromkeys(row["refs"], str(number)), **odd}
        if told.keys() & kinds.keys():
            raise DatasetInvalid(path, f"第 {number} 行有留言已在别的组里")
        kinds.update(told)
    return kinds


def measure_clusters(messages: Sequence[Message], preparer: Preparer) -> ClustersReport:
    """Group the backlog and compare."""
    inputs = preparer.inputs(messages)
    refs = {row.number: row.ref for row in inputs}
    kinds = read_kinds()
    found = group(inputs, today=TODAY).clusters
    members = right = whole = 0
    mixed: list[str] = []
    judged = 0
    for cluster in found:
        told = [kinds[refs[n]] for n in cluster.members if refs[n] in kinds]
        if len(told) * 2 < len(cluster.members):
            continue
        judged += 1
        most = Counter(told).most_common(1)[0][1]
        members, right, whole = members + len(told), right + most, whole + (most == len(told))
        if most < len(told):
            mixed.append(cluster.title)
    return ClustersReport(
        clusters=len(found),
        judged=judged,
        unjudged=len(found) - judged,
        members=members,
        purity=round(right / max(1, members), 4),
        whole=whole,
        mixed=tuple(mixed),
    )
