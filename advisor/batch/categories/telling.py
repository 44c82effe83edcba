"""A complaint as categories are told by: its subject and its text."""

import re
from dataclasses import dataclass

_OPENING = re.compile(r"^.{4,60}?(?=[。！？!?；;\n]|$)", re.DOTALL)
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Telling:
    """A complaint as two parts: its subject 主题 and its text 详情."""

    subject: str
    text: str

    @property
    def title(self) -> str:
        """The subject, the opening of the text where there is none."""
        if self.subject:
            return self.subject
        opening = _OPENING.match(self.text)
        return opening[0] if opening else self.text[:_LONGEST]
