"""False citations cut from real articles, each false by construction; no checker is asked."""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from corpus.model import ArticleNumber
from eval.phrasing import Reference, write
from eval.specimens import Specimen, Specimens, plain

Mutation = Callable[[Specimens, random.Random], Reference | None]
"""Makes one false reference, or None when the article drawn does not lend itself to it."""

_NUMERAL = re.compile(
    r"[一二三四五六七八九十百千万]+(?=[日年月元个人天小倍以千米平件次名款项条部分])|[0-9]+"
)
_PERIOD = re.compile(r"(?<=[一二三四五六七八九十0-9])(?:日|个月|月|年|天|小时|个工作日)")
_INSIDE = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?=[\u4e00-\u9fff]{2})")
DRAWS = 3_000
"""How many articles are tried before a kind is given up as impossible here."""
ITEM_LINE = re.compile(r"[（(]?[一二三四五六七八九十0-9]+[）)、.．]")
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
_INVENTED_PLACE = ("", "中华人民共和国", "浙江省", "嘉兴市", "秀洲区", "国务院", "全国")
_INVENTED_TOPIC = (
    "邻里和睦",
    "幸福社区",
    "楼道公共秩序",
    "乡村纠纷速裁",
    "居民诉求办结",
    "停车位共享",
    "网格联动",
    "宠物友好",
    "噪音友邻",
    "物业服务信用",
    "农房互助",
    "一户一档",
    "空中坠物治理",
    "民情账本",
)
_INVENTED_KIND = (
    "法",
    "条例",
    "管理办法",
    "若干规定",
    "实施细则",
    "促进法",
    "保障条例",
    "处罚办法",
)
_INVENTED_TEXT = (
    "违反前款规定的，处五百元以下罚款。",
    "居民应当在七日内予以配合。",
    "逾期不改正的，由社区收回。",
    "但是，村民委员会另有决定的除外。",
    "相关费用由物业服务企业承担。",
)


@dataclass(frozen=True, slots=True)
class Trial:
    """One sentence with one citation and whether the gate has to accept it."""

    kind: str
    text: str
    genuine: bool


def mutants(specimens: Specimens, *, count: int, seed: int) -> list[Trial]:
    """False citations, the kinds in turn; a kind the collection cannot supply is left out.

    A mutant that happens to be true (a changed number that is also in the text, a wrong article
    of the same wording) is recognised from the articles themselves and dropped.
    """
    rng = random.Random(seed)
    made: list[Trial] = []
    live = dict(KINDS)
    while len(made) < count and live:
        for kind, mutation in tuple(live.items()):
            reference = next(
                (r for _ in range(DRAWS) if (r := mutation(specimens, rng)) is not None), None
            )
            if reference is None:
                del live[kind]
            else:
                made.append(Trial(kind, write(reference, rng), genuine=False))
    return made[:count]


def _drawn(specimens: Specimens, rng: random.Random) -> Specimen:
    return specimens.pick(specimens.holding, rng)


def _false_quote(specimens: Specimens, specimen: Specimen, quote: str) -> Reference | None:
    """The reference unless the altered wording is in the article after all."""
    truth = plain(specimens.texts[specimen.title, specimen.number])
    if not quote or plain(quote) in truth:
        return None
    return Reference(specimen.title, specimen.number, quote)


def _swap(old: str, new: str) -> Mutation:
    def mutation(specimens: Specimens, rng: random.Random) -> Reference | None:
        drawn = _drawn(specimens, rng)
        places = [m.start() for m in re.finditer(old, drawn.running)]
        if not places:
            return None
        at = rng.choice(places)
        text = drawn.running
        return _false_quote(specimens, drawn, text[:at] + new + text[at + len(old) :])

    return mutation


def _changed(pattern: re.Pattern[str], choices: tuple[str, ...]) -> Mutation:
    def mutation(specimens: Specimens, rng: random.Random) -> Reference | None:
        drawn = _drawn(specimens, rng)
        places = list(pattern.finditer(drawn.running))
        if not places:
            return None
        m = rng.choice(places)
        new = rng.choice([c for c in choices if c != m[0]])
        return _false_quote(
            specimens, drawn, drawn.running[: m.start()] + new + drawn.running[m.end() :]
        )

    return mutation


def _invented_law(specimens: Specimens, rng: random.Random) -> Reference | None:
    name = rng.choice(_INVENTED_PLACE) + rng.choice(_INVENTED_TOPIC) + rng.choice(_INVENTED_KIND)
    if name in specimens.known_names:
        return None
    drawn = _drawn(specimens, rng)
    quote = drawn.running if rng.random() < 0.5 else None
    return Reference(name, drawn.number, quote)


def _wrong_article(specimens: Specimens, rng: random.Random) -> Reference | None:
    drawn = _drawn(specimens, rng)
    other = rng.choice(specimens.numbers[drawn.title])
    if plain(drawn.text) in plain(specimens.texts[drawn.title, other]):
        return None
    return Reference(drawn.title, other, drawn.running)


def _missing_article(specimens: Specimens, rng: random.Random) -> Reference | None:
    drawn = _drawn(specimens, rng)
    last = specimens.numbers[drawn.title][-1].main
    return Reference(drawn.title, ArticleNumber(last + rng.randint(1, 300)))


def _wrong_law(specimens: Specimens, rng: random.Random) -> Reference | None:
    drawn = _drawn(specimens, rng)
    title = rng.choice(specimens.by_number[drawn.number])
    if title == drawn.title or plain(drawn.text) in plain(specimens.texts[title, drawn.number]):
        return None
    return Reference(title, drawn.number, drawn.running)


def _truncated(specimens: Specimens, rng: random.Random) -> Reference | None:
    """Cut inside a clause, at one end or the other."""
    drawn = _drawn(specimens, rng)
    places = [m.start() for m in _INSIDE.finditer(drawn.running)]
    if not places:
        return None
    at = rng.choice(places)
    text = drawn.running
    part = text[:at] if rng.random() < 0.7 else text[at:]
    if len(part) < 8:
        return None
    return _unless_whole(drawn, specimens, part)


def _dropped_clause(specimens: Specimens, rng: random.Random) -> Reference | None:
    """Cut at a comma: the sentence goes on, or began before."""
    drawn = _drawn(specimens, rng)
    places = [m.start() for m in re.finditer("，", drawn.running)]
    if not places:
        return None
    at = rng.choice(places)
    part = drawn.running[:at] + "。" if rng.random() < 0.6 else drawn.running[at + 1 :]
    return _unless_whole(drawn, specimens, part) if len(part) >= 8 else None


def _unless_whole(drawn: Specimen, specimens: Specimens, part: str) -> Reference | None:
    """A cut that is by chance a whole sentence of the same article is no mutant."""
    lines = specimens.texts[drawn.title, drawn.number].split("\n")
    whole = {plain(s) for line in lines for s in (line, *_SENTENCE.findall(line))}
    return None if plain(part) in whole else Reference(drawn.title, drawn.number, part)


def _continued(specimens: Specimens, rng: random.Random) -> Reference | None:
    drawn = _drawn(specimens, rng)
    after = specimens.following(drawn)
    if after is None:
        return None
    more = after.split("\n")[0]
    return _false_quote(specimens, drawn, drawn.running + more[: rng.randint(6, max(6, len(more)))])


def _continued_invented(specimens: Specimens, rng: random.Random) -> Reference | None:
    drawn = _drawn(specimens, rng)
    return _false_quote(specimens, drawn, drawn.running + rng.choice(_INVENTED_TEXT))


def _spliced(specimens: Specimens, rng: random.Random) -> Reference | None:
    """Two sentences of one article with what stands between them left out, unmarked."""
    drawn = _drawn(specimens, rng)
    sentences = _SENTENCE.findall(drawn.running)
    if len(sentences) < 3:
        return None
    first = rng.randrange(len(sentences) - 2)
    second = rng.randrange(first + 2, len(sentences))
    return _false_quote(specimens, drawn, sentences[first] + sentences[second])


def _spliced_articles(specimens: Specimens, rng: random.Random) -> Reference | None:
    drawn = _drawn(specimens, rng)
    other = specimens.texts[drawn.title, rng.choice(specimens.numbers[drawn.title])]
    head, tail = _SENTENCE.findall(drawn.running), _SENTENCE.findall(other)
    if not head or not tail:
        return None
    return _false_quote(specimens, drawn, head[0] + tail[-1].lstrip("\n"))


def _reordered(specimens: Specimens, rng: random.Random) -> Reference | None:
    drawn = _drawn(specimens, rng)
    sentences = _SENTENCE.findall(drawn.running)
    if len(sentences) < 2:
        return None
    at = rng.randrange(len(sentences) - 1)
    sentences[at], sentences[at + 1] = sentences[at + 1], sentences[at]
    return _false_quote(specimens, drawn, "".join(sentences))


def _sub_article(specimens: Specimens, rng: random.Random) -> Reference | None:
    """第…条之一 where there is none, or the wording of one under the number of the other."""
    drawn = _drawn(specimens, rng)
    sub = ArticleNumber(drawn.number.main, drawn.number.sub + rng.randint(1, 3))
    now = specimens.texts.get((drawn.title, sub))
    if now is None:
        return Reference(drawn.title, sub, drawn.running if rng.random() < 0.5 else None)
    if plain(drawn.text) in plain(now):
        return None
    return Reference(drawn.title, sub, drawn.running)


def _old_version(specimens: Specimens, rng: random.Random) -> Reference | None:
    if not specimens.older:
        return None
    drawn = specimens.pick(specimens.older, rng)
    return _false_quote(specimens, drawn, drawn.running)


def _repealed(specimens: Specimens, rng: random.Random) -> Reference | None:
    if specimens.ended_names and (not specimens.repealed or rng.random() < 0.4):
        return Reference(rng.choice(specimens.ended_names), ArticleNumber(rng.randint(1, 40)))
    return _of_pool(specimens, specimens.repealed, rng)


def _revised(specimens: Specimens, rng: random.Random) -> Reference | None:
    return _of_pool(specimens, specimens.revised, rng)


def _other_region(specimens: Specimens, rng: random.Random) -> Reference | None:
    return _of_pool(specimens, specimens.foreign, rng)


def _of_pool(specimens: Specimens, pool: list[Specimen], rng: random.Random) -> Reference | None:
    if not pool:
        return None
    drawn = specimens.pick(pool, rng)
    if drawn.title in specimens.numbers:
        return None
    return Reference(drawn.title, drawn.number, drawn.running if rng.random() < 0.5 else None)


def _missing_paragraph(specimens: Specimens, rng: random.Random) -> Reference | None:
    drawn = _drawn(specimens, rng)
    lines = specimens.texts[drawn.title, drawn.number].count("\n") + 1
    quote = drawn.running if rng.random() < 0.3 else None
    return Reference(drawn.title, drawn.number, quote, paragraph=lines + rng.randint(1, 3))


def _wrong_paragraph(specimens: Specimens, rng: random.Random) -> Reference | None:
    drawn = _drawn(specimens, rng)
    lines = drawn.lines
    if len(lines) < 2 or any(ITEM_LINE.match(line) for line in lines):
        return None
    wrong, right = rng.sample(range(len(lines)), 2)
    if plain(lines[right]) in plain(lines[wrong]):
        return None
    return Reference(drawn.title, drawn.number, lines[right], paragraph=wrong + 1)


def _inserted(specimens: Specimens, rng: random.Random) -> Reference | None:
    drawn = _drawn(specimens, rng)
    places = [m.start() for m in _INSIDE.finditer(drawn.running)]
    if not places:
        return None
    at = rng.choice(places)
    return _false_quote(
        specimens, drawn, drawn.running[:at] + rng.choice(_WORDS) + drawn.running[at:]
    )


def _dropped_word(specimens: Specimens, rng: random.Random) -> Reference | None:
    drawn = _drawn(specimens, rng)
    text = drawn.running
    places = [m.start() for m in _INSIDE.finditer(text)]
    if not places:
        return None
    at = rng.choice(places)
    return _false_quote(specimens, drawn, text[:at] + text[at + rng.randint(1, 2) :])


def _subject(specimens: Specimens, rng: random.Random) -> Reference | None:
    old, new = rng.choice(_SUBJECTS)
    return _swap(old, new)(specimens, rng)


def _lost_proviso(specimens: Specimens, rng: random.Random) -> Reference | None:
    """The sentence without its 但书."""
    drawn = _drawn(specimens, rng)
    at = max(drawn.running.find("，但"), drawn.running.find("；但"))
    if at < 8:
        return None
    return _unless_whole(drawn, specimens, drawn.running[:at] + "。")


def _seam(specimens: Specimens, rng: random.Random) -> Reference | None:
    """An ellipsis that swallows 不得 in the middle of a clause."""
    drawn = _drawn(specimens, rng)
    at = drawn.running.find("不得")
    if at < 6 or not drawn.running[at - 1].isalpha() or len(drawn.running) - at < 8:
        return None
    return Reference(drawn.title, drawn.number, drawn.running[:at] + "……" + drawn.running[at + 2 :])


KINDS: Mapping[str, Mutation] = {
    "invented law": _invented_law,
    "wrong article": _wrong_article,
    "missing article": _missing_article,
    "right article of the wrong law": _wrong_law,
    "应当 → 不得": _swap("应当", "不得"),
    "应当 → 可以": _swap("应当", "可以"),
    "可以 → 应当": _swap("可以", "应当"),
    "不得 → 可以": _swap("不得", "可以"),
    "lost 不": _swap("不", ""),
    "和 → 或者": _swap("和", "或者"),
    "changed number": _changed(_NUMERAL, ("三", "五", "十", "二十", "六十", "100", "15", "千")),
    "changed period": _changed(_PERIOD, ("日", "个月", "年", "小时", "个工作日")),
    "changed subject": _subject,
    "truncated": _truncated,
    "dropped clause": _dropped_clause,
    "lost proviso": _lost_proviso,
    "continued": _continued,
    "continued, invented": _continued_invented,
    "spliced sentences": _spliced,
    "spliced articles": _spliced_articles,
    "reordered": _reordered,
    "seam over 不得": _seam,
    "之一 / 之二": _sub_article,
    "old version's text": _old_version,
    "repealed law": _repealed,
    "revised since": _revised,
    "other region": _other_region,
    "missing paragraph": _missing_paragraph,
    "wrong paragraph": _wrong_paragraph,
    "inserted word": _inserted,
    "dropped word": _dropped_word,
}
"""Every kind of false citation, by its name in the report."""
