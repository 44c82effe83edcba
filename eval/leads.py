"""Lead departments: learnt from labelled messages, measured on messages labelled apart.

A given department is right when its office is among those accepted: a section of a bureau is its
bureau, a police station its public security bureau (`advisor.leads.office_of`).
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from advisor.leads import LeadRanker, choices_of, led_by, office_of, shipped_embedder
from advisor.linear_model import LinearModel
from advisor.matter import MatterRecognizer
from corpus.knowledge import Knowledge
from corpus.model import GeneralGuide, Playbook, Telling
from eval.errors import DatasetInvalid
from eval.linear_fit import Doubles, fit
from eval.matters import (
    DEFAULT_DATASET,
    HELD_OUT_DATASET,
    message_rows,
    read_labels,
    read_messages,
)
from eval.reply_units import answering_office, read_units
from indexer.static_embedder import StaticEmbedder

TRAIN = DEFAULT_DATASET.with_name("leads_train.jsonl")
_REPLIES = "resolved_messages.xlsx"
_REPLY = "答复意见"
_SHARES = (0.6, 0.3, 0.15, 0.1, 0.05)
_BY_HAND = 3.0
_TOWN = "镇人民政府"
_OF_A_TOWN = 0.15
"""A town answers for whatever happened there; seldom does that make it competent."""
_RIDGE = 2e-3
_RUN = 6


class Led(NamedTuple):
    """A text with the offices that may lead, best first, and how much it counts in learning."""

    text: str
    offices: tuple[str, ...]
    weight: float


class LeadLabel(BaseModel):
    """One message by file and number, and the lead departments accepted, best first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    id: str
    leads: tuple[str, ...]


class LeadReport(BaseModel):
    """Shares of the rows, 0 to 1: the first named right, one of three right.

    ``exact``: the first right by its very name, sections of a bureau kept apart.
    """

    model_config = ConfigDict(frozen=True)

    rows: int
    top1: float
    top3: float
    exact: float


def read_lead_labels(path: Path) -> tuple[LeadLabel, ...]:
    """The rows of a JSONL file; of labels for matters those that name leads.

    Raises:
        DatasetInvalid: A line is no such row.
    """
    try:
        if path in (DEFAULT_DATASET, HELD_OUT_DATASET):
            rows = read_labels(path)
            return tuple(LeadLabel(file=r.file, id=r.id, leads=r.leads) for r in rows if r.leads)
        lines = path.read_text(encoding="utf-8").splitlines()
        return tuple(LeadLabel.model_validate_json(line) for line in lines)
    except (OSError, ValidationError) as error:
        raise DatasetInvalid(path, f"无法读取标注（{error}）") from error


def told_by_hand(path: Path, folder: Path) -> tuple[Led, ...]:
    """The labelled messages of a dataset with their texts."""
    labels = read_lead_labels(path)
    files = {name: read_messages(folder / name) for name in {one.file for one in labels}}
    return tuple(
        Led(files[one.file][one.id], tuple(dict.fromkeys(map(office_of, one.leads))), _BY_HAND)
        for one in labels
    )


def told_by_replies(folder: Path, apart: Iterable[str]) -> tuple[Led, ...]:
    """Answered messages with the office that answered; none like a text that is kept ``apart``."""
    units = read_units()
    kept = [_runs(text) for text in apart]
    found = []
    for _, text, reply in message_rows(folder / _REPLIES, _REPLY):
        office = answering_office(reply, text.split("。")[0], units)
        own = _runs(text)
        if office and not any(len(own & one) * 2 > min(len(own), len(one)) for one in kept):
            found.append(Led(text, (office,), _OF_A_TOWN if office == _TOWN else 1.0))
    return tuple(found)


def told_by_tellings(tellings: Sequence[Telling]) -> tuple[Led, ...]:
    """The complaints we told ourselves, of villages and towns as of cities."""
    return tuple(
        Led(one.text, tuple(dict.fromkeys(map(office_of, one.leads))), 1.0)
        for one in tellings
        if one.leads
    )


def _runs(text: str) -> set[str]:
    return {text[n : n + _RUN] for n in range(len(text) - _RUN + 1)}


def train(folder: Path, knowledge: Knowledge, recognizer: MatterRecognizer) -> LinearModel:
    """A classifier learnt from development and training messages, replies and tellings.

    The held-out messages, and whatever is nearly one of them, take no part.
    """
    apart = [one.text for one in told_by_hand(HELD_OUT_DATASET, folder)]
    by_hand = told_by_hand(DEFAULT_DATASET, folder) + told_by_hand(TRAIN, folder)
    replies = told_by_replies(folder, apart + [one.text for one in by_hand])
    taught = by_hand + replies + told_by_tellings(knowledge.tellings)
    return learnt(taught, knowledge, recognizer)


def learnt(
    taught: Sequence[Led], knowledge: Knowledge, recognizer: MatterRecognizer
) -> LinearModel:
    """The classifier for these texts."""
    classes = sorted(
        {office_of(d.department) for d in knowledge.duties}
        | {office for one in taught for office in one.offices}
    )
    matters = sorted(book.id for book in knowledge.playbooks)
    blank = _model(classes, matters, None)
    ranker = LeadRanker(blank, _embedder(), recognizer, knowledge)
    rows = np.stack([ranker.features(one.text) for one in taught]).astype(np.float64)
    place = {office: n for n, office in enumerate(classes)}
    targets = np.zeros((len(taught), len(classes)))
    for n, one in enumerate(taught):
        for office, share in zip(one.offices, _SHARES, strict=False):
            targets[n, place[office]] = share
    targets /= targets.sum(axis=1, keepdims=True)
    weights = np.array([one.weight for one in taught])
    return _model(classes, matters, fit(rows, targets, weights, _RIDGE))


def _model(
    classes: Sequence[str], matters: Sequence[str], solved: tuple[Doubles, Doubles] | None
) -> LinearModel:
    embedder = _embedder()
    size = 2 * embedder.dimension + len(matters) + len(classes)
    weights, bias = solved or (np.zeros((size, len(classes))), np.zeros(len(classes)))
    return LinearModel(
        classes, matters, weights.astype(np.float32), bias.astype(np.float32), embedder.name
    )


def _embedder() -> StaticEmbedder:
    embedder = shipped_embedder()
    if embedder is None:
        raise DatasetInvalid(Path("indexer/models"), "缺少随包的向量模型，不能训练。")
    return embedder


def served(
    text: str, ranker: LeadRanker, recognizer: MatterRecognizer, knowledge: Knowledge
) -> list[str]:
    """The departments an advice would put first, at most three."""
    matter, leads = recognizer.recognise(text), ranker.rank(text)
    book = knowledge.playbook(matter.type) if matter.type else None
    if book is not None:
        guide: Playbook | GeneralGuide = led_by(book, leads, text)
    elif knowledge.general is not None:
        guide = led_by(knowledge.general, leads, text)
    else:
        return [lead.competence.department for lead in leads]
    return [choice.department for choice in choices_of(guide, leads, text)]


def measure(
    path: Path,
    folder: Path,
    ranker: LeadRanker,
    knowledge: tuple[MatterRecognizer, Knowledge],
) -> LeadReport:
    """How often the departments are right for a dataset, as an advice would name them."""
    labels = read_lead_labels(path)
    files = {name: read_messages(folder / name) for name in {one.file for one in labels}}
    first, three, exact = [], [], []
    for one in labels:
        named = served(files[one.file][one.id], ranker, *knowledge)
        accepted = {office_of(name) for name in one.leads}
        given = [office_of(name) for name in named]
        first.append(given[0] in accepted)
        three.append(bool(accepted & set(given)))
        exact.append(named[0] in one.leads)
    return LeadReport(
        rows=len(labels),
        top1=float(np.mean(first)),
        top3=float(np.mean(three)),
        exact=float(np.mean(exact)),
    )
