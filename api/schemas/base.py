"""Bases of the wire shapes: what comes in is strict about names, what goes out is read by field."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict
from pydantic_core import PydanticCustomError


def _whole(text: str) -> str:
    """JSON may smuggle in half a surrogate pair, which no database and no response can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise PydanticCustomError("string_unicode", "not Unicode") from None
    return text


WholeText = Annotated[str, AfterValidator(_whole)]
"""Text that can be written as UTF-8."""


class Incoming(BaseModel):
    """Base of request bodies: an unknown field is refused, so that a misspelling is noticed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Outgoing(BaseModel):
    """Base of response bodies: filled from the named attributes of a domain value, nothing more."""

    model_config = ConfigDict(frozen=True, from_attributes=True)
