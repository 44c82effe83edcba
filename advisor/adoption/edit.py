"""How much of an advice was rewritten before it was used."""

import numpy as np

from advisor.errors import RefusedInput
from advisor.model import Plan

MAX_CHARACTERS = 8_000


def edit_distance(given: str, used: str) -> float:
    """The share of characters changed: 0 is the same text, 1 shares nothing.

    V. I. Levenshtein: Binary codes capable of correcting deletions, insertions, and reversals
    (1966), over the characters without white space, divided by the length of the longer text.

    Raises:
        RefusedInput: A text is longer than 8,000 characters.
    """
    first, second = "".join(given.split()), "".join(used.split())
    longer = max(len(first), len(second))
    if longer > MAX_CHARACTERS:
        raise RefusedInput("edited_too_long", f"修改后的文本不能超过 {MAX_CHARACTERS} 字。")
    return _levenshtein(first, second) / longer if longer else 0.0


def _levenshtein(first: str, second: str) -> int:
    columns = np.frombuffer(second.encode("utf-32-le"), dtype=np.uint32)
    steps = np.arange(len(second) + 1, dtype=np.int64)
    row = steps.copy()
    for place, letter in enumerate(first, 1):
        fresh = np.empty_like(row)
        fresh[0] = place
        fresh[1:] = np.minimum(row[1:] + 1, row[:-1] + (columns != ord(letter)))
        # An insertion may follow any earlier column: the least of them, each as far as it is away.
        row = np.minimum.accumulate(fresh - steps) + steps
    return int(row[-1])


def plan_text(plan: Plan) -> str:
    """The plan as one text to work on: what a modified plan is compared with."""
    lines = [f"牵头单位：{plan.lead_department}"]
    if plan.support_departments:
        lines.append(f"配合单位：{'、'.join(plan.support_departments)}")
    for step in plan.steps:
        term = "当日" if step.deadline_days == 0 else f"{step.deadline_days} 日内"
        lines.append(f"{step.order}. {step.action}（{step.owner}，{term}）")
    lines += [f"办不下来时：{plan.escalation}", f"告知口径：{plan.resident_script}"]
    return "\n".join(lines)
