"""Drafting with a model: prompt out, sections in, each replaced by the extractive one if unusable.

What leaves the machine is the masked complaint and the evidence; what comes back is read section by
section, judged, unmasked, and laid over the extractive draft. Nothing here is shown to anybody: it
is still a draft, and goes through the gate.
"""

import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from advisor.acceptance import Surroundings, fault, washed
from advisor.answer import (
    SECTIONS,
    Answer,
    PlanAnswer,
    Section,
    answer_schema,
    overlay,
    read_section,
)
from advisor.brief import Brief, variables
from advisor.claims import marked, sources
from advisor.departments import hold_departments
from advisor.draft import Draft
from advisor.errors import ModelError, ModelGarbled, ModelTimeout
from advisor.llm.deadline import Deadline
from advisor.llm.extraction import SectionReader
from advisor.llm.port import LLM, ModelReply, ModelRequest
from advisor.ports import Masked, Masking
from prompts import Catalog, Prompt

ADVISE = "advise/v1"
REPAIR = "repair/v1"
SECTION_NAMES: Mapping[Section, str] = {
    "analysis": "盘账分析",
    "plan": "清账方案",
    "legal_basis": "法规支撑",
    "precedents": "案例参考",
}
_REPAIR_SECONDS = 6.0
"""A repair is not begun with less time than this left."""
_REPAIR_CHARACTERS = 20_000
_SECRET_CHARACTERS = 16

OnSection = Callable[[Section, Draft], None]


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One exchange with the model, kept with the advice: what it wrote is still masked."""

    prompt: str
    model: str
    outcome: str
    text: str
    reply: ModelReply | None = None
    upstream_calls: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """A draft and how it came about.

    ``sections`` are those the model wrote; ``problems`` tell the reader, in Chinese, what was
    replaced or taken out and why.
    """

    draft: Draft
    sections: tuple[Section, ...]
    problems: tuple[str, ...]
    calls: tuple[ModelCall, ...]


@dataclass(slots=True)
class _Work:
    """The state of one writing: the draft so far and what happened to it."""

    draft: Draft
    masked: Masked
    around: Surroundings
    on_section: OnSection
    texts: Mapping[str, str]
    departments: tuple[str, ...]
    done: list[Section] = field(default_factory=list)
    faults: dict[Section, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    calls: list[ModelCall] = field(default_factory=list)

    def take(self, key: str, value: object) -> None:
        """Use one section as it came, if it can be used; the first usable one of a name counts."""
        if key not in SECTIONS or key in self.done:
            return
        section: Section = key
        try:
            answer = read_section(section, value)
            reason = fault(answer, self.around)
            if reason is None:
                answer, taken_out = washed(answer, self.around)
        except ValidationError as error:
            reason = f"格式不符（{error.error_count()} 处）"
        if reason is not None:
            self.faults[section] = reason
            return
        self.faults.pop(section, None)
        self.notes += [f"{SECTION_NAMES[section]}中有语句{r}，已删除。" for r in taken_out]
        if isinstance(answer, PlanAnswer):
            answer, changed = hold_departments(answer, self.departments, self.draft.lead_department)
            self.notes += changed
        plain = marked(self._unmasked(section, answer), self.texts)
        self.draft = overlay(self.draft, section, plain)
        self.done.append(section)
        self.on_section(section, self.draft)

    def _unmasked(self, section: Section, answer: Answer) -> Answer:
        rows = answer if isinstance(answer, tuple) else (answer,)
        plain = [_restored(row.model_dump(mode="json"), self.masked) for row in rows]
        return read_section(section, plain if isinstance(answer, tuple) else plain[0])

    def missing(self) -> tuple[Section, ...]:
        return tuple(s for s in SECTIONS if s not in self.done)


@dataclass(frozen=True, slots=True)
class ModelWriter:
    """Writes drafts with a language model; safe to share among threads.

    ``seconds`` is the total time of one advice, ``first_seconds`` the time to the first text,
    ``prompt`` the released version of the prompt.
    """

    llm: LLM
    catalog: Catalog
    masking: Masking
    seconds: float = 60.0
    first_seconds: float = 45.0
    prompt: str = ADVISE

    def write(self, brief: Brief, baseline: Draft, on_section: OnSection) -> Written:
        """Lay what the model writes over ``baseline``, the extractive draft.

        ``on_section`` is told each section as soon as it is complete. A failing model costs only
        its sections: this never raises for what the model does.
        """
        masked = self.masking.mask(brief.complaint.text)
        fence = f"§诉求-{secrets.token_hex(6)}§"
        prompt = self.catalog.render(self.prompt, variables(brief, masked.masked, fence))
        around = self._surroundings(prompt, masked, fence)
        texts = sources(brief.evidence, brief.complaint.text)
        departments = (
            *brief.departments,
            baseline.lead_department,
            *baseline.support_departments,
        )
        work = _Work(baseline, masked, around, on_section, texts, departments)
        deadline = Deadline.after(self.seconds, first=self.first_seconds)
        request = ModelRequest(prompt.system, prompt.user, "advice", answer_schema(), nonce=fence)
        text = self._ask(request, self.prompt, work, deadline)
        if text and work.missing() and deadline.left() > _REPAIR_SECONDS:
            self._repair(text, brief, work, deadline)
        problems = [
            f"{SECTION_NAMES[s]}由处置指引生成：模型未给出可用内容"
            f"（{work.faults.get(s, '缺失')}）。"
            for s in work.missing()
        ]
        return Written(work.draft, tuple(work.done), (*problems, *work.notes), tuple(work.calls))

    def _surroundings(self, prompt: Prompt, masked: Masked, fence: str) -> Surroundings:
        return Surroundings(
            complaint=masked.masked,
            given=prompt.user,
            secrets=(fence, *_sentences(prompt.system)),
            personal=self.masking.personal,
        )

    def _ask(self, request: ModelRequest, prompt: str, work: _Work, deadline: Deadline) -> str:
        """Stream one answer into the work; the text that came, also when it broke off."""
        reader, pieces = SectionReader(), []
        reply, outcome, calls = None, "answered", 0
        try:
            for delta in self.llm.stream(request, deadline):
                pieces.append(delta.text)
                reply = delta.reply or reply
                _feed(work, reader.feed(delta.text))
                if not work.done and deadline.first_left() == 0 and reply is None:
                    raise ModelTimeout("模型在规定时间内没有写出第一部分。")
            _feed(work, reader.close())
        except ModelError as error:
            outcome, calls = str(error), error.upstream_calls
            if not isinstance(error, ModelGarbled):
                work.notes.append(f"模型未能完成：{error}")
        calls = reply.upstream_calls if reply else calls
        text = "".join(pieces)
        work.calls.append(ModelCall(prompt, self.llm.name, outcome, text, reply, calls))
        return text

    def _repair(self, text: str, brief: Brief, work: _Work, deadline: Deadline) -> None:
        wanted = work.missing()
        fence = f"§草稿-{secrets.token_hex(6)}§"
        prompt = self.catalog.render(
            REPAIR,
            {
                "sections": "、".join(wanted),
                "shapes": _shapes(wanted),
                "evidence_ids": "、".join(sorted(brief.evidence.ids())),
                "problems": [f"{s}：{work.faults.get(s, '缺失')}" for s in wanted],
                "draft": text[:_REPAIR_CHARACTERS].replace(fence, ""),
                "fence": fence,
            },
        )
        work.around = replace(
            work.around, secrets=(*work.around.secrets, fence, *_sentences(prompt.system))
        )
        self._ask(ModelRequest(prompt.system, prompt.user, nonce=fence), REPAIR, work, deadline)


def _feed(work: _Work, sections: Iterable[tuple[str, object]]) -> None:
    for key, value in sections:
        work.take(key, value)


def _restored(value: object, masked: Masked) -> object:
    if isinstance(value, str):
        return masked.restore(value)
    if isinstance(value, dict):
        return {k: _restored(v, masked) for k, v in value.items()}
    if isinstance(value, list):
        return [_restored(v, masked) for v in value]
    return value


def _sentences(system: str) -> tuple[str, ...]:
    """Sentences of a system prompt that nobody would write by chance."""
    parts = re.split(r"[。\n]", system)
    return tuple(p.strip() for p in parts if len(p.strip()) >= _SECRET_CHARACTERS)


def _shapes(sections: tuple[Section, ...]) -> str:
    schema = answer_schema()["properties"]
    shapes = schema if isinstance(schema, Mapping) else {}
    return "\n".join(f"{s}: {shapes.get(s)}" for s in sections)
