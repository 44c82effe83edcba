"""Who leads 牵头: departments ranked for a complaint, each with the duty that makes it competent.

Two voices are weighed by a linear model learnt from labelled messages (docs/adr/0040): what the
playbooks of the likeliest matters say, and the words of the text itself. A department is ranked by
its office 单位: sections of one bureau, or a police station and its bureau, are one office.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import numpy as np

from advisor.fitting import fits
from advisor.linear_model import Floats, LinearModel
from advisor.matter import MatterRecognizer, Scored
from advisor.model import LeadChoice
from corpus.knowledge import Knowledge
from corpus.model import Competence, Duty, GeneralGuide, Playbook
from indexer.static_embedder import StaticEmbedder, shipped_model

Guide = TypeVar("Guide", Playbook, GeneralGuide)

LISTED = 3
_VOTERS = 8
_SHARPNESS = 18.0
_SUPPORT_SHARE = 0.25
_SURE_ENOUGH = 0.3
_OPENING = re.compile(r"[。？！，\n]")
_SECTION = re.compile(r"(?<=.)（.*）$")
_KIN = {
    "公安派出所": "公安机关",
    "镇（街道）综合行政执法队": "综合行政执法局",
}


def office_of(department: str) -> str:
    """The office a department belongs to: its bureau without the section."""
    bare = _SECTION.sub("", department)
    return _KIN.get(bare, bare)


@dataclass(frozen=True, slots=True)
class RankedLead:
    """An office that may lead: how likely, and the competence that speaks for it."""

    competence: Competence
    likelihood: float
    why: str

    @property
    def choice(self) -> LeadChoice:
        """As it is shown."""
        return LeadChoice(
            department=self.competence.department, likelihood=self.likelihood, why=self.why
        )


@dataclass(frozen=True, slots=True)
class _Voice:
    """One department as a playbook names it, with the weight of its matter."""

    competence: Competence
    weight: float
    matter: str


class LeadRanker:
    """Ranks departments; immutable, safe to share between threads."""

    def __init__(
        self,
        model: LinearModel,
        embedder: StaticEmbedder,
        recognizer: MatterRecognizer,
        knowledge: Knowledge,
    ) -> None:
        """``recognizer`` knows the playbooks of ``knowledge``; ``model`` was learnt on vectors of
        ``embedder``.
        """
        self._model = model
        self._embedder = embedder
        self._recognizer = recognizer
        self._place = {office: n for n, office in enumerate(model.classes)}
        self._duties: dict[str, Duty] = {}
        for duty in knowledge.duties:
            self._duties.setdefault(office_of(duty.department), duty)

    def rank(self, text: str, limit: int = LISTED) -> tuple[RankedLead, ...]:
        """The likeliest departments, best first, at most one of an office."""
        ranked = self._recognizer.score(text)
        voices = tuple(_voices(text, ranked))
        likely = self._model.probability(self._features(text, ranked, voices))
        order = np.argsort(-likely, kind="stable")
        named = (self._named(self._model.classes[n], float(likely[n]), voices) for n in order)
        found = (one for one in named if one is not None)
        return tuple(one for _, one in zip(range(limit), found, strict=False))

    def features(self, text: str) -> Floats:
        """What the model weighs: vectors of text and opening, scores of matters, votes."""
        ranked = self._recognizer.score(text)
        return self._features(text, ranked, tuple(_voices(text, ranked)))

    def _features(self, text: str, ranked: Sequence[Scored], voices: Sequence[_Voice]) -> Floats:
        votes = np.zeros(len(self._place), dtype=np.float32)
        for voice in voices:
            place = self._place.get(office_of(voice.competence.department))
            if place is not None:
                votes[place] += voice.weight
        return np.concatenate(
            [text_features(text, ranked, self._model, self._embedder), votes / (votes.sum() or 1)]
        )

    def _named(self, office: str, likelihood: float, voices: Sequence[_Voice]) -> RankedLead | None:
        """The office by the name, duty and role under which a playbook knows it best."""
        own = [v for v in voices if office_of(v.competence.department) == office]
        shown = round(likelihood, 3)
        if own:
            best = max(own, key=lambda v: v.weight)
            role = best.competence.role or "参与办理"
            return RankedLead(best.competence, shown, f"“{best.matter}”中：{role}")
        duty = self._duties.get(office)
        if duty is None:
            return None
        return RankedLead(
            Competence(department=duty.department, duty=duty.id), shown, f"职责：{duty.power}"
        )


def led_by(guide: Guide, leads: Sequence[RankedLead], text: str) -> Guide:
    """The guide with the likeliest department in the lead, its own lead supporting that one.

    The general guide keeps its own, the town that finds out who is competent, unless one is likely
    enough: of development messages beyond all matters nine in ten are then right.
    """
    own = _own_lead(guide, text)
    if not leads or office_of(leads[0].competence.department) == office_of(own.department):
        return guide
    chosen = leads[0].competence
    changed: dict[str, tuple[Competence, ...]] = {"lead": (chosen,)}
    if isinstance(guide, Playbook):
        changed["support"] = _behind(chosen, own, guide.support)
    elif leads[0].likelihood < _SURE_ENOUGH:
        return guide
    return guide.model_copy(update=changed)


def _behind(
    chosen: Competence, own: Competence, support: Sequence[Competence]
) -> tuple[Competence, ...]:
    return (own, *(one for one in support if one.department != chosen.department))


def choices_of(
    guide: Playbook | GeneralGuide, leads: Sequence[RankedLead], text: str
) -> tuple[LeadChoice, ...]:
    """The departments that may lead, as they are shown: first who does lead, then the ranked."""
    own = _own_lead(guide, text)
    office = office_of(own.department)
    alike = next((x.choice for x in leads if office_of(x.competence.department) == office), None)
    first = LeadChoice(
        department=own.department,
        likelihood=alike.likelihood if alike else 0.0,
        why=own.role or (alike.why if alike else ""),
    )
    others = (x.choice for x in leads if office_of(x.competence.department) != office)
    return (first, *others)[:LISTED] if leads else ()


def text_features(
    text: str, ranked: Sequence[Scored], model: LinearModel, embedder: StaticEmbedder
) -> Floats:
    """Vectors of the text and of its opening, and the scores of the model's matters."""
    opening = _OPENING.split(text, maxsplit=1)[0]
    vectors = embedder.encode((text, opening))
    scores: Mapping[str, float] = {s.playbook.id: s.total for s in ranked}
    return np.concatenate([vectors[0], vectors[1], model.matter_columns(scores)])


def _voices(text: str, ranked: Sequence[Scored]) -> Iterator[_Voice]:
    """What the likeliest playbooks say of who leads and who supports."""
    for book, weight in _weights(ranked):
        guide = book.playbook
        yield _Voice(_own_lead(guide, text), weight, guide.name)
        supports = [one for one in guide.support if fits(one, text)]
        for support in supports:
            share = weight * _SUPPORT_SHARE / len(supports)
            yield _Voice(support, share, guide.name)


def _own_lead(guide: Playbook | GeneralGuide, text: str) -> Competence:
    """Who leads by the guide itself: the first that fits, as `fitted` would leave it."""
    return next(one for one in guide.lead if fits(one, text))


def _weights(ranked: Sequence[Scored]) -> Iterator[tuple[Scored, float]]:
    best = ranked[0].total if ranked else 0.0
    powers = [float(np.exp(_SHARPNESS * (one.total - best))) for one in ranked]
    whole = sum(powers)
    yield from zip(ranked[:_VOTERS], (p / whole for p in powers), strict=False)


def shipped(name: str) -> Path | None:
    """A classifier that comes with the package, such as ``leads``; None where it was left out."""
    path = Path(str(files("advisor"))) / "models" / f"{name}.npz"
    return path if path.is_file() else None


@cache
def read_shipped(name: str) -> LinearModel | None:
    """The shipped classifier of this name, read once.

    Raises:
        ClassifierDamaged: it is there and cannot be read.
    """
    path = shipped(name)
    return LinearModel.read(path) if path is not None else None


def open_lead_ranker(recognizer: MatterRecognizer, knowledge: Knowledge) -> LeadRanker | None:
    """The shipped ranker over this knowledge; None in a package without its models.

    Raises:
        ClassifierDamaged: The classifier cannot be read.
    """
    model, embedder = read_shipped("leads"), shipped_embedder()
    if model is None or embedder is None or model.embedder != embedder.name:
        return None
    return LeadRanker(model, embedder, recognizer, knowledge)


@cache
def shipped_embedder() -> StaticEmbedder | None:
    """The embedder that comes with the package, read once; None where it was left out."""
    folder = shipped_model()
    return StaticEmbedder.read(folder) if folder is not None else None
