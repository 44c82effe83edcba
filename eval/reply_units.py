"""Which office answered a message, told by its reply: weak labels for learning, never a measure."""

import re
from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from eval.errors import DatasetInvalid

UNITS = Path(__file__).parent / "datasets" / "reply_units.yaml"
_QUOTED = re.compile(r"[“\"《][^”\"》]{0,80}[”\"》]")
_SIGNATURE = 45
_OPENING = 260
_MAPPING = TypeAdapter(dict[str, str])


def read_units(path: Path = UNITS) -> Mapping[re.Pattern[str], str]:
    """Patterns of how a reply names an office, in order, to the office.

    Raises:
        DatasetInvalid: It is no such mapping.
    """
    try:
        rows = _MAPPING.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, ValidationError, yaml.YAMLError) as error:
        raise DatasetInvalid(path, f"无法读取单位对照（{error}）") from error
    return {re.compile(pattern): office for pattern, office in rows.items()}


def answering_office(reply: str, subject: str, units: Mapping[re.Pattern[str], str]) -> str | None:
    """The office that signs a reply, else the one named first in its opening; None if untold."""
    told = _QUOTED.sub("", reply.replace(subject, ""))
    for stretch in (told[-_SIGNATURE:], told[:_OPENING]):
        found = [
            (match.start(), office)
            for pattern, office in units.items()
            if (match := pattern.search(stretch))
        ]
        if found:
            return min(found, key=lambda one: one[0])[1]
    return None
