"""Departments in a model's plan are held to those on record: nobody else is competent."""

from collections.abc import Iterable, Sequence

from advisor.answer import PlanAnswer
from corpus.model import Duty

LEAD_NOTE = "清账方案中的牵头单位“{name}”不在权责清单内，已改为“{lead}”。"
SUPPORT_NOTE = "清账方案中的单位“{name}”不在权责清单内，已删除。"


def known_departments(duties: Iterable[Duty]) -> tuple[str, ...]:
    """Every name of a department whose duties are on record."""
    named = [name for d in duties for name in (d.department, *d.aliases)]
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
