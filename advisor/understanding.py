"""Understanding one complaint: from the pasted text to the evidence an advice may rest on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from advisor.evidence import Evidence, select_evidence
from advisor.intake import intake
from advisor.leads import LeadRanker, choices_of, led_by
from advisor.likeness import situation_of
from advisor.matter import MatterRecognizer
from advisor.model import AdviceRequest, Complaint, LeadChoice, Matter, Triage
from advisor.query_writing import QueryWriter
from advisor.sentences import read_sentences, tells_something
from advisor.triage import assess, find_signals
from advisor.wording import expand
from corpus.knowledge import Knowledge
from corpus.library import Library
from corpus.model import GeneralGuide, LexiconEntry, Playbook, Signal
from indexer.retriever import CaseHit, Retriever, StatuteHit

_MAX_QUERIES = 4
_QUERY_CHARACTERS = 120
_SEARCH_DEPTH = 30
_LIKELY_DEPTH = 60
"""How many articles are asked for where the search says how likely each applies."""
_NUMBERS = re.compile(r"[A-Za-z]*\d[\dA-Za-z.:：/-]*\s*[年月日号时点分]?")


@dataclass(frozen=True, slots=True)
class Sources:
    """What a complaint is understood with."""

    library: Library
    knowledge: Knowledge
    general: GeneralGuide
    retriever: Retriever
    recognizer: MatterRecognizer
    default_region: str
    query_writer: QueryWriter | None = None
    lead_ranker: LeadRanker | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """A complaint with all that is known of it before anybody writes.

    ``general`` is the general guide as it counts here. ``leads`` are the departments that may lead,
    the likeliest first; empty where nothing ranks them.
    """

    complaint: Complaint
    matter: Matter
    playbook: Playbook | None
    signals: tuple[Signal, ...]
    triage: Triage
    evidence: Evidence
    general: GeneralGuide
    leads: tuple[LeadChoice, ...] = ()


def understand(request: AdviceRequest, sources: Sources, *, today: date) -> Understanding:
    """Read a complaint: what kind of matter, how urgent, and what may be cited for it.

    Raises:
        RefusedInput: The complaint cannot be worked on; the message is for the user.
    """
    complaint = intake(request, default_region=sources.default_region, today=today)
    matter = sources.recognizer.recognise(complaint.text)
    playbook = sources.knowledge.playbook(matter.type) if matter.type else None
    signals = find_signals(
        complaint.text,
        (*sources.knowledge.signals, *(playbook.signals if playbook else ())),
        today=today,
    )
    leads = sources.lead_ranker.rank(complaint.text) if sources.lead_ranker else ()
    general = led_by(sources.general, leads, complaint.text)
    guide: Playbook | GeneralGuide = general
    if playbook is not None:
        guide = led_by(playbook, leads, complaint.text)
    evidence = select_evidence(
        complaint,
        guide,
        _search(complaint, playbook, sources),
        knowledge=sources.knowledge,
        library=sources.library,
    )
    triage = assess(complaint, playbook, signals)
    choices = choices_of(guide, leads, complaint.text)
    return Understanding(
        complaint, matter, playbook, signals, triage, evidence, general, leads=choices
    )


def limits_of(case: Understanding) -> tuple[str, ...]:
    """What the reader must know the understanding does not bear, in Chinese."""
    limits = []
    if case.matter.abstained:
        limits.append("未能可靠识别事项类型，以下为通用核实流程；补充情况后可重新生成。")
        if not tells_something(case.complaint.text):
            limits.append("原文没有说清谁、在哪里、发生了什么，不像一件诉求；请补充后重新提交。")
    if not case.evidence.articles:
        limits.append("没有找到可以确认适用的法条，本建议不作法律结论。")
    elif any(a.view.text_kind == "gist" for a in case.evidence.articles):
        limits.append("标注“要旨”的法条为概括，非条文原文；引用前请核对官方文本。")
    if not case.evidence.cases:
        limits.append("没有找到足够相近的已办案例。")
    return tuple(limits)


def _search(
    complaint: Complaint, playbook: Playbook | None, sources: Sources
) -> tuple[tuple[StatuteHit, ...], tuple[CaseHit, ...]]:
    written: tuple[str, ...] = ()
    if sources.query_writer is not None:
        matter = playbook.name if playbook else ""
        written = sources.query_writer.formulate(complaint.text, matter)
    day, place = complaint.as_of, complaint.region
    retriever = sources.retriever
    many = retriever.like_cases(
        [complaint.text], situation_of(playbook, day, place), k=_SEARCH_DEPTH
    )
    if retriever.learned:
        # It reads the whole story itself, sentence by sentence.
        whole = "\n".join((complaint.text, *written))
        hits = retriever.search(whole, kind="statute", k=_LIKELY_DEPTH, as_of=day, region=place)
    else:
        asked = queries(complaint, playbook, sources.knowledge.lexicon)
        hits = retriever.search_many(
            (*asked, *written), kind="statute", k=_SEARCH_DEPTH, as_of=day, region=place
        )
    return hits, many


def queries(
    complaint: Complaint, playbook: Playbook | None, lexicon: Sequence[LexiconEntry] = ()
) -> tuple[str, ...]:
    """Several focused queries for one story: its concrete sentences, and the matter's own words.

    One query more ends in the official words for the lay terms of ``lexicon`` it uses; the story
    stands in it too, for the words alone lead away from what it is about.
    """
    sentences = read_sentences(complaint.text)
    telling = [_without_numbers(s.text) for s in sentences if s.concrete or s.demand]
    longest = sorted((t[:_QUERY_CHARACTERS] for t in telling), key=len, reverse=True)
    whole = _without_numbers(complaint.text)[: 2 * _QUERY_CHARACTERS]
    own = (f"{playbook.name} {playbook.nature}",) if playbook else ()
    official = expand(complaint.text, lexicon)
    worded = (" ".join((whole[:_QUERY_CHARACTERS], *official)),) if official else ()
    return tuple(dict.fromkeys((*own, *longest[: _MAX_QUERIES - 1], whole, *worded)))


def _without_numbers(text: str) -> str:
    """The text without dates, numbers, codes: they match commencement clauses, not matters."""
    return _NUMBERS.sub(" ", text)
