"""Automatic numbers of a Word file: 第一条 and （一） are often not in the text but counted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol, Self

from corpus.numerals import to_chinese

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_WIDE_GAP_AFTER = ("条", "章", "节", "编")
_MOST_STYLES = 20  # a chain of styles longer than this is a circle


class Element(Protocol):
    """What we use of an lxml element."""

    tag: str
    text: str | None

    def __iter__(self) -> Iterator[Self]:
        """Children in order."""

    def get(self, name: str) -> str | None:
        """Value of an attribute."""

    def find(self, path: str) -> Self | None:
        """First element below at ``path``."""

    def iter(self, tag: str) -> Iterator[Self]:
        """This element and all below it with ``tag``, in order."""

    def iterchildren(self, tag: str) -> Iterator[Self]:
        """Children with ``tag``."""

    def iterancestors(self, tag: str) -> Iterator[Self]:
        """Elements around it with ``tag``, nearest first."""


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: where it starts, how it counts, and its text such as ``第%1条``."""

    start: int
    numbering: str
    text: str


@dataclass(slots=True)
class _Series:
    """The running numbers of one list, one for each level; 0 is not begun."""

    levels: dict[int, _Level]
    counts: list[int] = field(default_factory=lambda: [0] * _LEVELS)

    def advance(self, depth: int) -> str:
        level = self.levels.get(depth)
        if level is None:
            return ""
        self.counts[depth] = self.counts[depth] + 1 if self.counts[depth] else level.start
        self.counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)
        if level.numbering in ("bullet", "none"):
            return ""
        return self._filled(level.text)

    def _filled(self, text: str) -> str:
        for depth, level in self.levels.items():
            mark = f"%{depth + 1}"
            if mark in text:
                text = text.replace(
                    mark, _format(self.counts[depth] or level.start, level.numbering)
                )
        return f"{text}\u3000" if text.endswith(_WIDE_GAP_AFTER) else text


class Numbering:
    """Gives each paragraph, asked in reading order, the number Word would print before it.

    Rules: ECMA-376 part 1, 17.9 (numbering) and 17.7 (styles).
    """

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._abstract = _abstract_lists(numbering)
        self._lists = _lists(numbering)
        self._styles = _styles(styles)
        self._series: dict[str, _Series] = {}
        self._restarted: set[str] = set()

    def of(self, paragraph: Element) -> str:
        """The number before this paragraph; empty when it has none."""
        number, depth = self._reference(paragraph.find(f"{WORD}pPr"))
        element = self._lists.get(number or "")
        if element is None or not 0 <= depth < _LEVELS:
            return ""
        return self._of_list(number or "", element).advance(depth)

    def _of_list(self, number: str, element: Element) -> _Series:
        abstract = _value(element, "abstractNumId") or ""
        series = self._series.setdefault(abstract, _Series(self._abstract.get(abstract, {})))
        if number not in self._restarted:
            self._restarted.add(number)
            for override in element.iterchildren(f"{WORD}lvlOverride"):
                start = _value(override, "startOverride")
                depth = _whole(override.get(f"{WORD}ilvl"), 0)
                if start is not None and 0 <= depth < _LEVELS:
                    series.counts[depth] = max(_whole(start, 1) - 1, 0)
        return series

    def _reference(self, properties: Element | None) -> tuple[str | None, int]:
        """List and level of a paragraph: its own, else those of its style or what that rests on."""
        number, depth = _own_reference(properties)
        style = self._styles.get(_value(properties, "pStyle") or "")
        for _ in range(_MOST_STYLES):
            if number is not None or style is None:
                break
            number, of_style = _own_reference(style.find(f"{WORD}pPr"))
            depth = of_style if depth is None else depth
            style = self._styles.get(_value(style, "basedOn") or "")
        return number, depth or 0


def _own_reference(properties: Element | None) -> tuple[str | None, int | None]:
    reference = properties.find(f"{WORD}numPr") if properties is not None else None
    depth = _value(reference, "ilvl")
    return _value(reference, "numId"), _whole(depth, 0) if depth is not None else None


def _value(parent: Element | None, name: str) -> str | None:
    child = parent.find(f"{WORD}{name}") if parent is not None else None
    return child.get(f"{WORD}val") if child is not None else None


def _whole(text: str | None, otherwise: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return otherwise


def _abstract_lists(numbering: Element | None) -> dict[str, dict[int, _Level]]:
    if numbering is None:
        return {}
    return {
        element.get(f"{WORD}abstractNumId") or "": {
            _whole(level.get(f"{WORD}ilvl"), 0): _Level(
                start=_whole(_value(level, "start"), 1),
                numbering=_value(level, "numFmt") or "decimal",
                text=_value(level, "lvlText") or "",
            )
            for level in element.iterchildren(f"{WORD}lvl")
        }
        for element in numbering.iterchildren(f"{WORD}abstractNum")
    }


def _lists(numbering: Element | None) -> dict[str, Element]:
    if numbering is None:
        return {}
    return {one.get(f"{WORD}numId") or "": one for one in numbering.iterchildren(f"{WORD}num")}


def _styles(styles: Element | None) -> dict[str, Element]:
    if styles is None:
        return {}
    return {one.get(f"{WORD}styleId") or "": one for one in styles.iterchildren(f"{WORD}style")}


def _format(number: int, numbering: str) -> str:
    """A count as Word writes it; ways we do not know are written in digits."""
    if "Counting" in numbering and 0 < number < 10_000:  # chineseCounting, japaneseCounting …
        return to_chinese(number)
    if numbering == "decimalEnclosedCircle" and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if numbering in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr(ord("a" if numbering == "lowerLetter" else "A") + number - 1)
    if numbering == "ideographTraditional" and 1 <= number <= 10:
        return "甲乙丙丁戊己庚辛壬癸"[number - 1]
    return str(number)
