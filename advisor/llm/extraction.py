"""Extraction: the sections of the JSON object in a model's text, each as soon as it is complete.

Models wrap their object in prose and code fences, write “ ” ： ， where JSON wants quotes, colons
and commas, leave quotes inside a string unescaped, end lists with a comma, and stop in the middle.
All of that is read. Well-formed JSON is always read exactly as it stands.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import NoReturn

MAX_DEPTH = 24
MAX_CHARACTERS = 400_000

_ASCII = str.maketrans("｛｝［］：，", "{}[]:,")
_QUOTES = '"“”'
_CLOSERS = "}]"
_STARTS_VALUE = frozenset('"“”{[｛［-0123456789tfn}]｝］')
_PLAIN = re.compile(r'[^"“”\\]+')
# Looking ahead is bounded, so that a page of blanks is not read again with every piece.
_AHEAD = 256
_SPACE = re.compile(rf"[\s\ufeff]{{0,{_AHEAD}}}")
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})')
_OBJECT = re.compile(rf"[{{｛][\s\ufeff]{{0,{_AHEAD}}}(?=[\"“”}}｝])")

_WAIT = -1

Section = tuple[str, object]


class SectionReader:
    """Reads an answer piece by piece and gives the top-level sections of its object.

    A section that is no JSON value (NaN, a key twice, broken brackets) is left out and named in
    ``faults``; so is a second section of one name, because the first may be on a screen already.
    Nothing here raises, and the time spent grows with the length of the text alone.
    """

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.done = False
        self._text = ""
        self._at = 0
        self._read = 0
        self._seen: set[str] = set()
        self._ended = False
        self._start_object()

    def feed(self, piece: str) -> Iterator[Section]:
        """The sections that became complete with this piece."""
        if self.done:
            return
        room = MAX_CHARACTERS - self._read
        self._read += len(piece)
        self._text = self._text[self._at :] + piece[:room]
        self._at = 0
        yield from self._run()
        if len(piece) > room and not self.done:
            self._stop("回答过长")

    def close(self) -> Iterator[Section]:
        """The last section, where the text ended right after it; then nothing more is read."""
        self._ended = True
        if not self.done:
            yield from self._run()
            if not self.done and (self._depth or not self._seen):
                self.faults.append("回答不完整" if self._depth else "回答中没有 JSON 对象")
        self.done = True

    def _start_object(self) -> None:
        self._open: list[str] = []
        self._quote = ""
        self._curly = 0
        self._start_section()

    def _start_section(self) -> None:
        self._key: list[str] = []
        self._value: list[str] = []
        self._in_value = False
        self._given = False
        self._last = "{"

    @property
    def _depth(self) -> int:
        return len(self._open)

    def _run(self) -> Iterator[Section]:
        while not self.done and self._at < len(self._text):
            step = self._step()
            if step == _WAIT:
                return
            self._at += step
            if self._complete():
                yield from self._give()

    def _step(self) -> int:
        """Read on from here: the characters consumed, or ``_WAIT`` for more text."""
        if not self._open:
            return self._seek()
        if self._quote:
            return self._inside()
        return self._between(self._text[self._at])

    def _seek(self) -> int:
        found = _OBJECT.search(self._text, self._at)
        if found is None:
            # The brace may be there, and what follows it not yet.
            brace = max(self._text.rfind("{", self._at), self._text.rfind("｛", self._at))
            blank = self._text[brace + 1 :]
            held = brace >= 0 and len(blank) <= _AHEAD and not blank.strip() and not self._ended
            return (brace - self._at or _WAIT) if held else len(self._text) - self._at
        self._start_object()
        self._open.append("{")
        return found.end() - self._at

    def _between(self, character: str) -> int:
        if character in _QUOTES:
            self._quote = character
            self._curly = 0
            self._emit('"')
            return 1
        sign = character.translate(_ASCII)
        if sign.isspace() or sign == "\ufeff":
            # A space ends a number or a literal; JSON would refuse "1 2" and so must we.
            self._emit(" ")
        elif sign in "{[":
            self._open.append(sign)
            self._emit(sign)
            if self._depth > MAX_DEPTH:
                self._stop("嵌套过深")
        elif sign in _CLOSERS:
            self._shut(sign)
        elif self._depth == 1 and sign == ":" and not self._in_value:
            self._in_value = True
            self._last = ":"
        elif self._depth == 1 and sign == ",":
            self._last = ","
        else:
            self._emit(sign)
        return 1

    def _shut(self, sign: str) -> None:
        if {"}": "{", "]": "["}[sign] != self._open[-1]:
            self._stop("括号不配对")
            return
        self._open.pop()
        if not self._open:
            return
        parts = self._value if self._in_value else self._key
        while parts and parts[-1] in (",", " "):
            parts.pop()
        self._emit(sign)

    def _inside(self) -> int:
        plain = _PLAIN.match(self._text, self._at)
        if plain:
            self._emit(plain.group())
            return plain.end() - self._at
        if self._text[self._at] == "\\":
            return self._escape()
        return self._quotation(self._text[self._at])

    def _escape(self) -> int:
        if len(self._text) - self._at < 6 and not self._ended and not self._short_escape():
            return _WAIT
        known = _ESCAPE.match(self._text, self._at)
        self._emit(known.group() if known else "\\\\")
        return known.end() - self._at if known else 1

    def _short_escape(self) -> bool:
        following = self._text[self._at + 1 : self._at + 2]
        return bool(following) and following != "u"

    def _quotation(self, mark: str) -> int:
        ends = mark == '"' or (self._quote != '"' and mark == "”" and self._curly == 0)
        closes = self._closes() if ends else False
        if closes is None:
            return _WAIT
        if closes:
            self._quote = ""
            self._emit('"')
            return 1
        self._curly = max(0, self._curly + {"“": 1, "”": -1}.get(mark, 0))
        self._emit('\\"' if mark == '"' else mark)
        return 1

    def _closes(self) -> bool | None:
        """Whether the mark here ends its string, by what follows; None when more text is needed.

        A well-formed string always does: after a key stands a colon, after a value a closing
        bracket, or a comma and the start of something.
        """
        here = self._after_space(self._at + 1)
        if here == len(self._text):
            return True if self._ended else None
        sign = self._text[here].translate(_ASCII)
        if self._at_key():
            return sign == ":"
        if sign != ",":
            return sign in _CLOSERS
        then = self._after_space(here + 1)
        if then == len(self._text):
            return True if self._ended else None
        return self._text[then] in _STARTS_VALUE

    def _after_space(self, position: int) -> int:
        found = _SPACE.match(self._text, position)
        return found.end() if found else position

    def _at_key(self) -> bool:
        return self._open[-1] == "{" and self._last in "{,"

    def _emit(self, part: str) -> None:
        if not self._quote and part != " ":
            self._last = part
        (self._value if self._in_value else self._key).append(part)

    def _complete(self) -> bool:
        """Whether the section read so far has come to its end."""
        if self.done:
            return False
        if not self._open or (self._depth == 1 and self._last == ","):
            return True
        closed = self._last in ('"', "}", "]") and not self._quote
        return self._depth == 1 and self._in_value and closed and not self._given

    def _give(self) -> Iterator[Section]:
        if not self._given and (self._in_value or "".join(self._key).strip()):
            yield from self._parse("".join(self._key), "".join(self._value))
            self._given = True
        if not self._open:
            self.done = bool(self._seen)
        elif self._last == ",":
            self._start_section()

    def _parse(self, key_text: str, value_text: str) -> Iterator[Section]:
        try:
            key = _loads(key_text)
        except ValueError:
            key = None
        if not isinstance(key, str):
            self.faults.append("有一节没有名称")
            return
        if key in self._seen:
            self.faults.append(f"{key[:40]}：重复出现")
            return
        self._seen.add(key)
        try:
            value = _loads(value_text)
        except ValueError as error:
            self.faults.append(f"{key[:40]}：不是有效的 JSON（{str(error)[:60]}）")
            return
        yield key, value

    def _stop(self, fault: str) -> None:
        self.faults.append(fault)
        self.done = True


def read_sections(text: str) -> tuple[dict[str, object], tuple[str, ...]]:
    """Every complete top-level section of the object in ``text``, and what was left out and why."""
    reader = SectionReader()
    sections = dict(reader.feed(text))
    sections.update(reader.close())
    return sections, tuple(reader.faults)


def _loads(text: str) -> object:
    return json.loads(
        text, strict=False, object_pairs_hook=_distinct, parse_constant=_refuse_constant
    )


def _distinct(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")
