"""False wording: an article's own text with one thing altered, left out, put in or moved."""

import random
import re
from collections.abc import Callable

from eval.phrasing import Reference
from eval.specimens import Specimen, Specimens, plain

Mutation = Callable[[Specimens, random.Random], Reference | None]
"""Makes one false reference, or None when the article drawn does not lend itself to it."""

NUMERAL = re.compile(
    r"[一二三四五六七八九十百千万]+(?=[日年月元个人天小倍以千米平件次名款项条部分])|[0-9]+"
)
PERIOD = re.compile(r"(?<=[一二三四五六七八九十0-9])(?:日|个月|月|年|天|小时|个工作日)")
_INSIDE = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?=[\u4e00-\u9fff]{2})")
_SENTENCE = re.compile(r"[^。]+。")
_WORDS = (
    "一般",
    "经书面同意后",
    "原则上",
    "及其亲属",
    "无偿",
    "立即",
    "酌情",
    "临时",
    "全部",
    "除外地人员外",
)
_SUBJECTS = (
    ("人民政府", "人民法院"),
    ("人民法院", "人民检察院"),
    ("公安机关", "市场监督管理部门"),
    ("业主", "承租人"),
    ("主管部门", "行业协会"),
    ("县级", "乡级"),
    ("国务院", "省人民政府"),
    ("债权人", "债务人"),
    ("申请人", "被申请人"),
)
_FURTHER = (
    "”并规定“",
    "”，还规定：“",
    "”同时明确：“",
    "”以及“",
    "”第二款规定：“",
    "”“",
    "”。并规定：“",
)
_INVENTED_TEXT = (
    "违反前款规定的，处五百元以下罚款。",
    "居民应当在七日内予以配合。",
    "逾期不改正的，由社区收回。",
    "但是，村民委员会另有决定的除外。",
    "相关费用由物业服务企业承担。",
)


def drawn(specimens: Specimens, rng: random.Random) -> Specimen:
    """Any article that holds."""
    return specimens.pick(specimens.holding, rng)


def false_quote(specimens: Specimens, specimen: Specimen, quote: str) -> Reference | None:
    """The reference unless the altered wording is in the article after all."""
    truth = plain(specimens.texts[specimen.title, specimen.number])
    if not quote or plain(quote) in truth:
        return None
    return Reference(specimen.title, specimen.number, quote)


def swap(old: str, new: str) -> Mutation:
    """One word for another."""

    def mutation(specimens: Specimens, rng: random.Random) -> Reference | None:
        specimen = drawn(specimens, rng)
        places = [m.start() for m in re.finditer(old, specimen.running)]
        if not places:
            return None
        at = rng.choice(places)
        text = specimen.running
        return false_quote(specimens, specimen, text[:at] + new + text[at + len(old) :])

    return mutation


def changed(pattern: re.Pattern[str], choices: tuple[str, ...]) -> Mutation:
    """One match of a pattern replaced by another choice."""

    def mutation(specimens: Specimens, rng: random.Random) -> Reference | None:
        specimen = drawn(specimens, rng)
        places = list(pattern.finditer(specimen.running))
        if not places:
            return None
        m = rng.choice(places)
        new = rng.choice([c for c in choices if c != m[0]])
        return false_quote(
            specimens, specimen, specimen.running[: m.start()] + new + specimen.running[m.end() :]
        )

    return mutation


def truncated(specimens: Specimens, rng: random.Random) -> Reference | None:
    """Cut inside a clause, at one end or the other."""
    specimen = drawn(specimens, rng)
    places = [m.start() for m in _INSIDE.finditer(specimen.running)]
    if not places:
        return None
    at = rng.choice(places)
    text = specimen.running
    part = text[:at] if rng.random() < 0.7 else text[at:]
    if len(part) < 8:
        return None
    return _unless_whole(specimen, specimens, part)


def dropped_clause(specimens: Specimens, rng: random.Random) -> Reference | None:
    """Cut at a comma: the sentence goes on, or began before."""
    specimen = drawn(specimens, rng)
    places = [m.start() for m in re.finditer("，", specimen.running)]
    if not places:
        return None
    at = rng.choice(places)
    part = specimen.running[:at] + "。" if rng.random() < 0.6 else specimen.running[at + 1 :]
    return _unless_whole(specimen, specimens, part) if len(part) >= 8 else None


def _unless_whole(specimen: Specimen, specimens: Specimens, part: str) -> Reference | None:
    """A cut that is by chance a whole sentence of the same article is no mutant."""
    lines = specimens.texts[specimen.title, specimen.number].split("\n")
    whole = {plain(s) for line in lines for s in (line, *_SENTENCE.findall(line))}
    return None if plain(part) in whole else Reference(specimen.title, specimen.number, part)


def continued(specimens: Specimens, rng: random.Random) -> Reference | None:
    """Running on into the next article's text."""
    specimen = drawn(specimens, rng)
    after = specimens.following(specimen)
    if after is None:
        return None
    more = after.split("\n")[0]
    return false_quote(
        specimens, specimen, specimen.running + more[: rng.randint(6, max(6, len(more)))]
    )


def continued_invented(specimens: Specimens, rng: random.Random) -> Reference | None:
    """Running on into a sentence of our own."""
    specimen = drawn(specimens, rng)
    return false_quote(specimens, specimen, specimen.running + rng.choice(_INVENTED_TEXT))


def further_invented(specimens: Specimens, rng: random.Random) -> Reference | None:
    """A true quotation, and behind it a second one of our own: “…”并规定“…”."""
    specimen = drawn(specimens, rng)
    if any(mark in specimen.running for mark in '“”「」"'):
        return None
    joint = rng.choice(_FURTHER)
    return false_quote(specimens, specimen, specimen.running + joint + rng.choice(_INVENTED_TEXT))


def spliced(specimens: Specimens, rng: random.Random) -> Reference | None:
    """Two sentences of one article with what stands between them left out, unmarked."""
    specimen = drawn(specimens, rng)
    sentences = _SENTENCE.findall(specimen.running)
    if len(sentences) < 3:
        return None
    first = rng.randrange(len(sentences) - 2)
    second = rng.randrange(first + 2, len(sentences))
    return false_quote(specimens, specimen, sentences[first] + sentences[second])


def spliced_articles(specimens: Specimens, rng: random.Random) -> Reference | None:
    """The head of one article with the tail of another."""
    specimen = drawn(specimens, rng)
    other = specimens.texts[specimen.title, rng.choice(specimens.numbers[specimen.title])]
    head, tail = _SENTENCE.findall(specimen.running), _SENTENCE.findall(other)
    if not head or not tail:
        return None
    return false_quote(specimens, specimen, head[0] + tail[-1].lstrip("\n"))


def reordered(specimens: Specimens, rng: random.Random) -> Reference | None:
    """Two sentences in the wrong order."""
    specimen = drawn(specimens, rng)
    sentences = _SENTENCE.findall(specimen.running)
    if len(sentences) < 2:
        return None
    at = rng.randrange(len(sentences) - 1)
    sentences[at], sentences[at + 1] = sentences[at + 1], sentences[at]
    return false_quote(specimens, specimen, "".join(sentences))


def inserted(specimens: Specimens, rng: random.Random) -> Reference | None:
    """A word put in."""
    specimen = drawn(specimens, rng)
    places = [m.start() for m in _INSIDE.finditer(specimen.running)]
    if not places:
        return None
    at = rng.choice(places)
    return false_quote(
        specimens, specimen, specimen.running[:at] + rng.choice(_WORDS) + specimen.running[at:]
    )


def dropped_word(specimens: Specimens, rng: random.Random) -> Reference | None:
    """A character or two lost inside a clause."""
    specimen = drawn(specimens, rng)
    text = specimen.running
    places = [m.start() for m in _INSIDE.finditer(text)]
    if not places:
        return None
    at = rng.choice(places)
    return false_quote(specimens, specimen, text[:at] + text[at + rng.randint(1, 2) :])


def subject(specimens: Specimens, rng: random.Random) -> Reference | None:
    """Another authority or party."""
    old, new = rng.choice(_SUBJECTS)
    return swap(old, new)(specimens, rng)


def lost_proviso(specimens: Specimens, rng: random.Random) -> Reference | None:
    """The sentence without its 但书."""
    specimen = drawn(specimens, rng)
    at = max(specimen.running.find("，但"), specimen.running.find("；但"))
    if at < 8:
        return None
    return _unless_whole(specimen, specimens, specimen.running[:at] + "。")


def seam(specimens: Specimens, rng: random.Random) -> Reference | None:
    """An ellipsis that swallows 不得 in the middle of a clause."""
    specimen = drawn(specimens, rng)
    at = specimen.running.find("不得")
    if at < 6 or not specimen.running[at - 1].isalpha() or len(specimen.running) - at < 8:
        return None
    return Reference(
        specimen.title, specimen.number, specimen.running[:at] + "……" + specimen.running[at + 2 :]
    )
