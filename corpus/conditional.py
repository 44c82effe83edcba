"""Parts of our knowledge that hold only for some complaints: what ``only_if`` is, in one place."""

from collections.abc import Iterator, Sequence
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

Word = Annotated[str, Field(min_length=1)]


class Record(BaseModel):
    """Base of everything written by hand in ``corpus/data``: frozen, and no unknown field."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    def conditional_parts(self) -> Iterator[tuple[str, tuple["Conditional", ...]]]:
        """The fields that hold parts which may be conditional, and those parts."""
        for name in type(self).model_fields:
            value: object = getattr(self, name)
            listed = value if isinstance(value, list | tuple) else ()
            if parts := tuple(part for part in listed if isinstance(part, Conditional)):
                yield name, parts


class Conditional(Record):
    """A part that counts for all complaints, or only where one of its words stands.

    With ``only_if`` it counts only for complaints in which one of these words stands and is not
    denied. Who decides is ``advisor.fitting``.
    """

    only_if: Sequence[Word] = ()


class Line(Conditional):
    """A party, a dispute, a trap, a sentence; written plainly where it holds for all."""

    text: str = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, written: object) -> object:
        return {"text": written} if isinstance(written, str) else written


_Part = TypeVar("_Part", bound=Conditional)


def _listed(written: object) -> object:
    """One part alone may be written without the list around it."""
    return [written] if isinstance(written, str | dict | Record) else written


def _says_something(lines: Sequence[Line]) -> Sequence[Line]:
    if all(line.only_if for line in lines):
        raise PydanticCustomError("always", "至少要有一句不带only_if，否则有的诉求无话可说")
    return lines


def _ends_open(parts: Sequence[_Part]) -> Sequence[_Part]:
    """The first that fits is taken, so the last must fit always, and none before it may."""
    if not parts or parts[-1].only_if or not all(part.only_if for part in parts[:-1]):
        message = "写几个时从上往下取第一个符合的：最后一个不带only_if，前面的都要带"
        raise PydanticCustomError("always", message)
    return parts


Prose = Annotated[Sequence[Line], BeforeValidator(_listed), AfterValidator(_says_something)]
"""A text of sentences, of which some may be conditional; a plain text is one of them."""

FirstFitting = Annotated[Sequence[_Part], BeforeValidator(_listed), AfterValidator(_ends_open)]
"""Parts of which the first that fits counts; one alone may be written without a list."""
