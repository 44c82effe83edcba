"""The marks a file of ours bears: the label a reader sees, and the one programs read."""

import json
from dataclasses import dataclass

PRODUCER = "智治助手"
AIGC = "AIGC"
"""Name of the metadata field of the implicit label 隐式标识 (GB 45438-2025)."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a file says of itself: ``label`` for readers, ``number`` the id its maker gave it.

    ``title`` goes into the file's properties, where search programs read it: it must hold nothing
    of a complaint.
    """

    title: str
    label: str
    number: str
    generated: bool

    def aigc(self) -> str | None:
        """The implicit label as JSON; None where no model wrote.

        人工智能生成合成内容标识办法 (2025-09-01) and GB 45438-2025: ``Label`` "1" is content that
        was generated, ``ContentProducer`` who made it, ``ProduceID`` the number it was given.
        """
        if not self.generated:
            return None
        label = {"Label": "1", "ContentProducer": PRODUCER, "ProduceID": self.number}
        return json.dumps(label, ensure_ascii=False)
