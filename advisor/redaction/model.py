"""What redaction speaks of: classes of particulars, spans found, tokens put in their place."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

MaskClass = Literal[
    "姓名", "证件号", "电话", "银行卡", "车牌", "邮箱", "微信号", "QQ号", "地址", "年龄"
]
CLASSES: tuple[MaskClass, ...] = (
    "姓名",
    "证件号",
    "电话",
    "银行卡",
    "车牌",
    "邮箱",
    "微信号",
    "QQ号",
    "地址",
    "年龄",
)
"""Every class of particulars, by the word its tokens carry."""


class Span(NamedTuple):
    """One particular found: the half-open range of characters, its class, and the entity's key.

    Two spans of one class and one key are the same entity, however they are written.
    """

    start: int
    end: int
    cls: MaskClass
    key: str


@dataclass(frozen=True, slots=True)
class Token:
    """One token and what it stands for.

    Args:
        token: as it stands in the masked text, ``[电话1]``; a second way of writing the same
            entity is ``[电话1-2]``.
        cls: the class of the particular.
        original: the characters it replaced, exactly.
    """

    token: str
    cls: MaskClass
    original: str


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without particulars, and the tokens in order of first appearance."""

    masked: str
    tokens: tuple[Token, ...] = ()
