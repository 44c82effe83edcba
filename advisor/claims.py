"""Claims of a model's section held against what it rests on: numbers, and law without evidence.

A sentence that speaks of law may only use periods, sums and shares that stand in the complaint or
in the evidence it names; one that asserts a legal consequence must name evidence at all. What does
not is not removed, it may be right, but the reader is told that it is unproven.
"""

import re
from collections.abc import Mapping, Sequence

from advisor.answer import AnalysisAnswer, Answer, BasisAnswer, PlanAnswer
from advisor.evidence import PLAYBOOK_ID, Evidence
from advisor.fitting import told
from advisor.prose import stretches
from corpus.numerals import parse_number

NUMBER_MARK = "（此处数字未见于所附依据，待核）"
CLAIM_MARK = "（未附依据，待核）"

_DIGITS = r"[\d０-９〇零一二三四五六七八九十百千万两半.,，]+"
_QUANTITY = re.compile(
    rf"(百分之)?({_DIGITS})\s*(个?工作日|个?月|小时|日|天|周|年|万元|元|倍|%|％|分贝|米|公里|周岁|岁)?"
)
_UNITS = {"天": "日", "工作日": "日", "个工作日": "日", "个月": "月", "％": "%", "周岁": "岁"}
_NO_PERIOD = re.compile(r"\d{4}年|\d{1,2}月\d{1,2}[日号]|第[\d一二三四五六七八九十]+[步条款项期次]")
_LEGAL = re.compile(
    r"依法|违法|法律|法规|规定|罚|赔|责任|时效|起诉|诉讼|复议|仲裁|司法确认|保修|有权|无权|应当|不得|必须|"
    r"期限|期间|逾期|效力|撤销|解除|强制执行"
)
_ASSERTS = re.compile(
    r"(应当|应|须|必须|要)(依法)?(承担|赔偿|返还|恢复|停止|拆除|缴纳|支付)|有权(要求|请求|拒绝|解除)|"
    r"(构成|属于)(违法|侵权|违约|犯罪)|(可以?|可)(处|罚)|处以?.{0,8}罚款|承担.{0,6}责任|(无效|可撤销)"
)


def quantities(text: str) -> frozenset[tuple[str, str]]:
    """Numbers with a unit in a text, in one spelling: ("30", "日") for 三十日, 30 天, ３０日."""
    found = set()
    for match in _QUANTITY.finditer(_NO_PERIOD.sub(" ", text)):
        percent, digits, unit = match.groups()
        value = _value(digits)
        if value is not None and (unit or percent):
            found.add((value, "%" if percent else _UNITS.get(unit, unit)))
    return frozenset(found)


def _value(digits: str) -> str | None:
    plain = digits.strip(".,，").replace(",", "").replace("，", "")
    try:
        return f"{float(plain):g}"
    except ValueError:
        pass
    try:
        return f"{parse_number(plain):g}"
    except ValueError:
        return None


def sources(evidence: Evidence, complaint: str) -> Mapping[str, str]:
    """Evidence id to the text behind it; the empty id is what every statement may draw on."""
    texts = {
        a.id: " ".join((a.view.text, *(one.text for one in a.context))) for a in evidence.articles
    }
    texts |= {
        c.id: " ".join(
            (
                c.case.facts,
                c.case.dispute,
                *c.case.measures,
                c.case.outcome,
                *c.case.lessons,
            )
        )
        for c in evidence.cases
    }
    texts |= {d.id: f"{d.duty.power} {d.duty.note}" if d.duty else "" for d in evidence.duties}
    book = evidence.playbook
    own = ""
    if book is not None:
        own = " ".join(
            (
                book.nature,
                told(book.script),
                told(book.escalation),
                *(trap.text for trap in book.traps),
                *(f"{s.action} {s.days}日" for s in book.steps),
                *(f"{r.route} {r.when} {r.closed_when}" for r in book.routes),
            )
        )
    return texts | {PLAYBOOK_ID: own, "": f"{complaint} {own}"}


def _marked(text: str, ids: Sequence[str], texts: Mapping[str, str], *, asks: bool) -> str:
    """A text with its unproven sentences marked; ``asks`` where a claim must name evidence."""
    named = [i for i in ids if i in texts]
    given = " ".join((texts[""], *(texts[i] for i in named or texts)))
    proven = quantities(given)
    parts = []
    for start, end in stretches(text):
        sentence = text[start:end]
        mark = ""
        if _LEGAL.search(sentence) and quantities(sentence) - proven:
            mark = NUMBER_MARK
        elif asks and not named and _ASSERTS.search(sentence):
            mark = CLAIM_MARK
        parts.append(_before_stop(sentence, mark) if mark else sentence)
    return "".join(parts)


def _before_stop(sentence: str, mark: str) -> str:
    bare = sentence.rstrip("。！？!?；;\n")
    return bare + mark + sentence[len(bare) :]


def marked(answer: Answer, texts: Mapping[str, str]) -> Answer:
    """A section with its unproven numbers and claims marked.

    Args:
        answer: One section as it was accepted.
        texts: What stands behind each id, from :func:`sources`.
    """
    if isinstance(answer, AnalysisAnswer):
        return _analysis(answer, texts)
    if isinstance(answer, PlanAnswer):
        return _plan(answer, texts)
    return tuple(
        row.model_copy(update={"why": _marked(row.why, [row.evidence_id], texts, asks=False)})
        if isinstance(row, BasisAnswer)
        else row
        for row in answer
    )


def _analysis(answer: AnalysisAnswer, texts: Mapping[str, str]) -> AnalysisAnswer:
    update: dict[str, object] = {"summary": _marked(answer.summary, (), texts, asks=False)}
    for name in ("disputes", "risks"):
        update[name] = tuple(
            p.model_copy(update={"text": _marked(p.text, p.evidence, texts, asks=True)})
            for p in getattr(answer, name)
        )
    return answer.model_copy(update=update)


def _plan(answer: PlanAnswer, texts: Mapping[str, str]) -> PlanAnswer:
    steps = (
        s.model_copy(update={"action": _marked(s.action, s.evidence, texts, asks=True)})
        for s in answer.steps
    )
    competence = (
        c.model_copy(update={"basis": _marked(c.basis, c.evidence, texts, asks=True)})
        for c in answer.competence
    )
    return answer.model_copy(
        update={
            "steps": tuple(steps),
            "competence": tuple(competence),
            "escalation": _marked(answer.escalation, (), texts, asks=False),
            "resident_script": _marked(answer.resident_script, (), texts, asks=False),
        }
    )
