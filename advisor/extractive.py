"""The extractive writer: a draft made of the playbook and the evidence alone, with no model."""

import re
from collections.abc import Sequence

from advisor.draft import Draft, DraftBasis, DraftCompetence, DraftPoint, DraftPrecedent, DraftStep
from advisor.evidence import PLAYBOOK_ID, CaseEvidence, Evidence, shared_points
from advisor.fitting import fitted, foremost, told
from advisor.model import Complaint, Matter
from advisor.sentences import Sentence, demands, mentions, read_sentences
from corpus.model import GeneralGuide, Playbook, Question, Signal, Step

_MAX_FACTS = 6
_MAX_RISKS = 6
_MAX_STEPS = 7
_MAX_URGENT = 2
_MAX_MISSING = 8
_MAX_DIFFERENT = 4
_SENTENCE_CHARACTERS = 90
_STRETCH_CHARACTERS = 48
_TELLING_CHARACTERS = 5
_SAID_ENOUGH = 20
_WISH = re.compile(
    r"希望|恳请|请求|恳求|(?<![申聘邀])请(?!假|客|人)|盼|望(?=.{0,6}(解决|处理|管|查))"
)
_EMPTY_WORDS = re.compile(
    r"[^\u4e00-\u9fff]|[我你您他们咱请望求到底究竟这那个种的了吗呢啊吧呀该应有没人谁来去都就也还要]|"
    r"能不能|能否|可否|可不可以|怎么办|咋办|希望|恳请|恳求|请问|想问|解决|处理|管管|回复|帮帮|帮忙|"
    r"领导|政府|部门|村里|社区|镇里|尽快|尽早|一下|问题|事情|情况|关注|重视|是否|说法|"
    r"主持|维护|伸张|正义|公道|公正|公平|做主|作主|介入|答复|答案|在此|予以|给予|给|百姓|群众|广大"
)
_KINDS = {"ask": "问", "photo": "拍", "lookup": "查", "measure": "量"}


def _shorten(text: str, limit: int = _SENTENCE_CHARACTERS) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def _bare(sentence: str) -> str:
    return _shorten(sentence).rstrip("。！？!?；;，, ")


def _facts(sentences: Sequence[Sentence], playbook: Playbook | None) -> tuple[DraftPoint, ...]:
    """The most telling statements in their own order: concrete ones, those with cues first."""
    stated = [s for s in sentences if s.concrete and not s.demand] or list(sentences)
    cues = playbook.cues if playbook else ()
    ranked = sorted(range(len(stated)), key=lambda n: (-len(mentions(stated[n].text, cues)), n))[
        :_MAX_FACTS
    ]
    return tuple(DraftPoint(text=f"反映人称：{_bare(stated[n].text)}") for n in sorted(ranked))


def _demand(sentences: Sequence[Sentence]) -> str | None:
    """What the writer wants: a wish before a mere "要求", and of these the one that says most."""
    wanted = [w for s in sentences if s.demand for w in demands(s.text)]
    telling = [w for w in wanted if _said(w) >= _TELLING_CHARACTERS]
    best = max(telling, key=lambda w: (bool(_WISH.search(w)), _said(w)), default=None)
    return _bare(best) if best is not None else None


def told_demand(text: str) -> str | None:
    """What the writer of a text wants, in his own words; None where he says nothing of his own."""
    wanted = _demand(read_sentences(text))
    return wanted if wanted is not None and _said(wanted) > _TELLING_CHARACTERS else None


def _said(demand: str) -> int:
    return min(len(_EMPTY_WORDS.sub("", demand)), _SAID_ENOUGH)


def _missing(
    complaint: Complaint, questions: Sequence[Question], own: tuple[str, ...]
) -> tuple[DraftPoint, ...]:
    open_questions = [q for q in questions if not mentions(complaint.text, q.known_if)]
    return tuple(
        DraftPoint(text=f"〔{_KINDS[q.kind]}〕{q.ask}", evidence=own)
        for q in foremost(open_questions, _MAX_MISSING)
    )


def _risks(signals: Sequence[Signal], playbook: Playbook | None) -> tuple[DraftPoint, ...]:
    urgent = tuple(DraftPoint(text=f"{s.risk}。{s.at_once}") for s in signals[:_MAX_RISKS])
    traps = foremost(playbook.traps if playbook else (), _MAX_RISKS - len(urgent))
    noted = (DraftPoint(text=f"注意：{trap.text}", evidence=(PLAYBOOK_ID,)) for trap in traps)
    return (*urgent, *noted)


def _steps(
    steps: Sequence[Step], signals: Sequence[Signal], evidence: Evidence, own: tuple[str, ...]
) -> tuple[DraftStep, ...]:
    """People first: urgent signals, two at most, put their actions before the playbook's.

    Whoever must stay unnamed, and whoever must not handle the matter, is settled before that too.
    """
    urgent = [s for s in signals if s.urgency == "紧急" and not s.always]
    first = tuple(
        DraftStep(action=s.at_once, owner=s.owner, deadline_days=0)
        for s in (*urgent[:_MAX_URGENT], *(s for s in signals if s.always))
    )
    rest = (
        DraftStep(
            action=step.action,
            owner=step.owner,
            deadline_days=step.days,
            evidence=own + tuple(i for r in step.basis if (i := evidence.article_id(r))),
        )
        for step in foremost(steps, _MAX_STEPS - len(first), core=1)
    )
    return (*first, *rest)[:_MAX_STEPS]


def _support(evidence: Evidence, lead: str) -> tuple[str, ...]:
    named = dict.fromkeys(d.competence.department for d in evidence.duties)
    return tuple(d for d in named if d != lead)


def _competence(evidence: Evidence) -> tuple[DraftCompetence, ...]:
    rows = []
    for d in evidence.duties:
        power = d.duty.power if d.duty else d.competence.role
        note = f"（{d.duty.note}）" if d.duty and d.duty.note else ""
        rows.append(
            DraftCompetence(
                department=d.competence.department,
                basis=f"{power}{note}",
                evidence=(d.id, *d.basis),
            )
        )
    return tuple(rows)


def _compare(
    evidence: CaseEvidence, complaint: Complaint, playbook: Playbook | None
) -> DraftPrecedent:
    case = evidence.case
    same, different = [], []
    if playbook and playbook.id in case.matters:
        same.append(f"同属“{playbook.name}”")
    elif playbook:
        different.append(f"先例不属于“{playbook.name}”，只作思路参考")
    shared = list(shared_points(case, complaint.text))
    unseen = [f"先例中{p.point}，本件未提到，待核实" for p in case.points if p.point not in shared]
    same += shared
    different += unseen[:_MAX_DIFFERENT]
    if case.region and tuple(case.region[:1]) != complaint.region[:1]:
        different.append(f"先例发生在{case.place}，当地规定可能不同")
    return DraftPrecedent(
        evidence_id=evidence.id,
        same=tuple(same) or ("未见明确相同之处",),
        different=tuple(different) or ("原文未见明显不同，仍需逐项核实",),
    )


def _route_text(playbook: Playbook) -> str:
    parts = []
    for route in playbook.routes:
        closed = f"；不适用于：{route.closed_when}" if route.closed_when else ""
        parts.append(f"{route.route}——{route.when}{closed}")
    listed = "".join(f"\n{n}. {p}" for n, p in enumerate(parts, start=1))
    return f"\n可走途径：{listed}" if parts else ""


def _summary(complaint: Complaint, matter: Matter, evidence: Evidence) -> str:
    sentences = read_sentences(complaint.text)
    demand = _demand(sentences)
    stated = next((s.text for s in sentences if s.concrete), "")
    about = f"反映的是：{_bare(stated)}；" if stated else ""
    core = f"核心诉求：{demand}。" if demand else f"{about}原文没有写明想要什么结果，需先问清。"
    if evidence.playbook is None:
        guesses = "、".join(c.name for c in matter.alternatives)
        maybe = f"可能相关的事项：{guesses}。" if guesses else ""
        return f"暂不能可靠判断事项类型，先按通用流程核实。{maybe}{core}"
    return f"本件按“{matter.name}”处理。{core}{evidence.playbook.nature}"


def extractive(
    complaint: Complaint,
    matter: Matter,
    evidence: Evidence,
    *,
    signals: Sequence[Signal],
    general: GeneralGuide,
) -> Draft:
    """Write the four parts from the playbook (or the general guide when we abstain).

    Everything said comes from the complaint's own sentences, the playbook, duties, articles and
    cases handed in; nothing is made up here.
    """
    playbook = evidence.playbook
    guide = playbook or fitted(general, complaint.text)
    own = (PLAYBOOK_ID,) if playbook else ()
    sentences = read_sentences(complaint.text)
    demand = _demand(sentences)
    asks = (DraftPoint(text=f"反映人：{demand or '具体要求未写明，待问清'}"),)
    parties = tuple(
        DraftPoint(text=f"相关方：{p.text}") for p in (playbook.parties if playbook else ())
    )
    escalation = told(guide.escalation) + (_route_text(playbook) if playbook else "")
    return Draft(
        summary=_summary(complaint, matter, evidence),
        parties=asks + parties,
        facts=_facts(sentences, playbook),
        missing_facts=_missing(complaint, guide.questions, own),
        disputes=tuple(
            DraftPoint(text=d.text, evidence=(PLAYBOOK_ID,))
            for d in (playbook.disputes if playbook else ())
        ),
        risks=_risks(signals, playbook),
        steps=_steps(guide.steps, signals, evidence, own),
        lead_department=guide.lead[0].department,
        support_departments=_support(evidence, guide.lead[0].department),
        competence=_competence(evidence),
        escalation=escalation,
        resident_script=told(guide.script),
        basis=tuple(DraftBasis(evidence_id=e.id, why=e.why) for e in evidence.articles),
        precedents=tuple(_compare(c, complaint, playbook) for c in evidence.cases),
    )
