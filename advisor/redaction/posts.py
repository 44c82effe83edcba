"""Posts held in an office, before which a surname stands that is oftener another word."""

import re

from advisor.redaction.lexicon import lexicon
from advisor.redaction.name_model import name_model

_OFFICE = re.compile(
    "(?:物业|民政|水务|环保|公司|工地|人事|售后|校方|园区|社区|街道|镇里|村里|厂里|[局科办处所]|窗口|行里|妇联)$"
)


def is_posted(text: str, at: int) -> bool:
    """Whether an office stands before ``at`` and no word begins there: 医务科文科长, 物业单主管."""
    office = _OFFICE.search(text, max(0, at - 2), at)
    return office is not None and not opens_word(text, at)


def opens_word(text: str, at: int) -> bool:
    """Whether a word begins with the surname at ``at``: 施工."""
    return name_model().joins(text, at + 1) or text[at : at + 2] in lexicon().words
