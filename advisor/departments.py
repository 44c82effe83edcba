"""Departments in a model's plan are held to those the evidence gives: nobody else is competent."""

from collections.abc import Iterable, Sequence

from advisor.answer import PlanAnswer
from advisor.draft import Draft
from advisor.evidence import Evidence

LEAD_NOTE = "清账方案中的牵头单位“{name}”不在本事项的权责材料内，已改为“{lead}”。"
SUPPORT_NOTE = "清账方案中的单位“{name}”不在本事项的权责材料内，已删除。"


def known_departments(evidence: Evidence, baseline: Draft) -> tuple[str, ...]:
    """Every way the evidence and the playbook name a department that takes part."""
    named = [baseline.lead_department, *baseline.support_departments]
    for d in evidence.duties:
        named += [d.competence.department, *(d.duty.aliases if d.duty else ())]
        named += [d.duty.department] if d.duty else []
    return tuple(dict.fromkeys(named))


def hold_departments(
    plan: PlanAnswer, known: Sequence[str], lead: str
) -> tuple[PlanAnswer, tuple[str, ...]]:
    """The plan with foreign departments taken out, and what was changed, in Chinese.

    Args:
        plan: As the model gave it.
        known: Names of the departments that may take part.
        lead: Who leads when the model names somebody else.
    """
    notes = []
    chosen = plan.lead_department
    if not _is_known(chosen, known):
        notes.append(LEAD_NOTE.format(name=chosen, lead=lead))
        chosen = lead
    support = [d for d in plan.support_departments if _is_known(d, known) and d != chosen]
    notes += [
        SUPPORT_NOTE.format(name=d) for d in plan.support_departments if not _is_known(d, known)
    ]
    competence = tuple(c for c in plan.competence if _is_known(c.department, known))
    update = {
        "lead_department": chosen,
        "support_departments": tuple(dict.fromkeys(support)),
        "competence": competence,
    }
    return plan.model_copy(update=update), tuple(notes)


def _is_known(name: str, known: Iterable[str]) -> bool:
    """Whether a name is one of the known, or plainly the same unit with its place before it."""
    bare = "".join(name.split())
    return any(bare == k or (len(k) >= 3 and bare.endswith(k)) for k in known)
