"""The masking port over our redaction: what a model may see, and what it must not say."""

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.ports import Masked
from advisor.redaction import MaskClass, Redacted, redact, restore

TELLING: frozenset[MaskClass] = frozenset(
    {"姓名", "证件号", "电话", "银行卡", "车牌", "邮箱", "微信号", "QQ号"}
)
"""Classes that name a person wherever they stand; a house number or an age alone does not."""


@dataclass(frozen=True, slots=True)
class RedactedText:
    """One masked text that can be undone."""

    redacted: Redacted

    @property
    def masked(self) -> str:
        """The text as it may leave the machine."""
        return self.redacted.masked

    def restore(self, text: str) -> str:
        """Tokens replaced by what they stand for; unknown tokens stay as they are."""
        return restore(text, self.redacted)


class RedactionMasking:
    """Masks with :mod:`advisor.redaction`; holds no state."""

    def mask(self, text: str) -> Masked:
        """See :meth:`advisor.ports.Masking.mask`."""
        return RedactedText(redact(text))

    def personal(self, text: str) -> Sequence[str]:
        """See :meth:`advisor.ports.Masking.personal`."""
        return tuple(t.original for t in redact(text).tokens if t.cls in TELLING)
