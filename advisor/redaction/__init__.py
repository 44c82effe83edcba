"""Reversible redaction 脱敏: personal particulars out, numbered tokens in, and back again."""

from advisor.redaction.model import MaskClass, Redacted, Token
from advisor.redaction.redact import redact
from advisor.redaction.tokens import restore

__all__ = ["MaskClass", "Redacted", "Token", "redact", "restore"]
