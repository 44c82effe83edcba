"""True citations of real articles, in the many forms people write them, that must be accepted."""

import random
import re
from collections.abc import Callable, Mapping

from eval.misplaced import ITEM_LINE
from eval.mutants import DRAWS, Trial
from eval.phrasing import Reference, write
from eval.specimens import Specimen, Specimens

Form = Callable[[Specimen, random.Random], Reference | None]
"""One way to write a true reference; None when the article does not lend itself to it."""

BARE = "no quotation"
"""The form without any wording; its speed is reported by itself."""
UNMARKED = "name without 《》"
_BETWEEN_MARKS = frozenset({"blanks and invisible characters", "marked omission"})
_STATE = "中华人民共和国"
_SENTENCE = re.compile(r"[^。！？]+[。！？]")
_HALF = str.maketrans(
    {"，": ",", "；": ";", "：": ":", "（": "(", "）": ")", "！": "!", "？": "?", "％": "%"}
)
_WIDE = str.maketrans({c: chr(ord(c) + 0xFEE0) for c in "0123456789,;:()%"})
_QUOTES = str.maketrans({"《": "〈", "》": "〉", "“": "‘", "”": "’", "—": "－", "·": "•"})
_PLAIN_NAME = re.compile(r"^[\u4e00-\u9fff]{4,30}$")
_UNMARKED_END = ("法", "法典", "条例")


def genuine(specimens: Specimens, *, count: int, seed: int) -> list[Trial]:
    """True citations, the forms in turn; a form the collection cannot supply is left out."""
    rng = random.Random(seed)
    made: list[Trial] = []
    live = dict(FORMS)
    while len(made) < count and live:
        for kind, form in tuple(live.items()):
            reference = _drawn(form, specimens, rng)
            if reference is None:
                del live[kind]
                continue
            text = write(reference, rng, unmarked=kind == UNMARKED, marks=kind in _BETWEEN_MARKS)
            made.append(Trial(kind, text, genuine=True))
    return made[:count]


def _drawn(form: Form, specimens: Specimens, rng: random.Random) -> Reference | None:
    for _ in range(DRAWS):
        drawn = specimens.pick(specimens.holding, rng)
        reference = form(drawn, rng) if _balanced(drawn.text) else None
        if reference is not None and _balanced(reference.quote or ""):
            return reference
    return None


def _balanced(text: str) -> bool:
    """Wording whose own quotation marks are a muddle cannot be quoted between marks."""
    depth = 0
    for c in text:
        depth += (c == "“") - (c == "”")
        if depth not in (0, 1):
            return False
    return depth == 0 and '"' not in text and "「" not in text


def _exact(drawn: Specimen, rng: random.Random) -> Reference:
    return Reference(drawn.title, drawn.number, drawn.text)


def _running(drawn: Specimen, rng: random.Random) -> Reference:
    return Reference(drawn.title, drawn.number, drawn.running)


def _bare(drawn: Specimen, rng: random.Random) -> Reference:
    return Reference(drawn.title, drawn.number)


def _half_width(drawn: Specimen, rng: random.Random) -> Reference:
    return Reference(drawn.title, drawn.number, drawn.running.translate(_HALF))


def _full_width(drawn: Specimen, rng: random.Random) -> Reference:
    return Reference(drawn.title, drawn.number, drawn.running.translate(_WIDE))


def _styles(drawn: Specimen, rng: random.Random) -> Reference | None:
    """Other styles of the same marks; an apostrophe style must not close the quotation."""
    return Reference(drawn.title, drawn.number, drawn.running.translate(_QUOTES))


def _spaced(drawn: Specimen, rng: random.Random) -> Reference:
    """Blanks and invisible characters, as copied out of a PDF."""
    text = drawn.running
    for sign in (" ", "\u3000", "\u200b", "\n"):
        at = rng.randrange(1, len(text))
        text = text[:at] + sign + text[at:]
    return Reference(drawn.title, drawn.number, text)


def _final_mark(drawn: Specimen, rng: random.Random) -> Reference:
    """Without the last full stop, as a quotation inside a sentence."""
    return Reference(drawn.title, drawn.number, drawn.running.rstrip("。"))


def _short_name(drawn: Specimen, rng: random.Random) -> Reference | None:
    if not drawn.title.startswith(_STATE):
        return None
    return Reference(drawn.title.removeprefix(_STATE), drawn.number, drawn.running)


def _unmarked(drawn: Specimen, rng: random.Random) -> Reference | None:
    name = drawn.title.removeprefix(_STATE)
    if not _PLAIN_NAME.match(name) or not name.endswith(_UNMARKED_END):
        return None
    return Reference(name, drawn.number)


def _paragraph(drawn: Specimen, rng: random.Random) -> Reference | None:
    lines = drawn.lines
    if len(lines) < 2 or any(ITEM_LINE.match(line) for line in lines):
        return None
    at = rng.randrange(len(lines))
    return Reference(drawn.title, drawn.number, lines[at], paragraph=at + 1)


def _item(drawn: Specimen, rng: random.Random) -> Reference | None:
    """（二） of an article of one paragraph, its wording with or without the number."""
    lines = drawn.lines
    if len(lines) < 3 or not lines[0].endswith(("：", ":")):
        return None
    if not all(
        line.startswith(f"（{'一二三四五六七八九'[i]}）") for i, line in enumerate(lines[1:10])
    ):
        return None
    if len(lines) > 10:
        return None
    at = rng.randrange(1, len(lines))
    quote = lines[at] if rng.random() < 0.5 else lines[at][3:]
    return Reference(drawn.title, drawn.number, quote, paragraph=1, item=at)


def _sentence(drawn: Specimen, rng: random.Random) -> Reference | None:
    """One whole sentence that no proviso follows."""
    if len(drawn.lines) > 1 or any(mark in drawn.text for mark in "“（"):
        return None
    sentences = _SENTENCE.findall(drawn.text)
    if len(sentences) < 2:
        return None
    at = rng.randrange(len(sentences))
    after = sentences[at + 1] if at + 1 < len(sentences) else ""
    if after.startswith(("但", "然而", "除外")):
        return None
    return Reference(drawn.title, drawn.number, sentences[at])


def _ellipsis(drawn: Specimen, rng: random.Random) -> Reference | None:
    """A middle part left out and marked."""
    sentences = _SENTENCE.findall(drawn.running)
    if len(sentences) < 3 or any(len(s) < 8 for s in sentences):
        return None
    return Reference(drawn.title, drawn.number, sentences[0] + "……" + sentences[-1])


FORMS: Mapping[str, Form] = {
    "exact quotation": _exact,
    "exact, in one line": _running,
    BARE: _bare,
    "half-width marks": _half_width,
    "full-width digits and marks": _full_width,
    "other styles of marks": _styles,
    "blanks and invisible characters": _spaced,
    "without the last full stop": _final_mark,
    "short name": _short_name,
    UNMARKED: _unmarked,
    "paragraph": _paragraph,
    "item": _item,
    "one whole sentence": _sentence,
    "marked omission": _ellipsis,
}
"""Every form of a true citation, by its name in the report."""
