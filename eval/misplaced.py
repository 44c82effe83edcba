"""False places: real wording, or none, under a law, number, version or place it is not of."""

import random
import re

from corpus.model import ArticleNumber
from eval.altered import drawn as any_article
from eval.altered import false_quote
from eval.phrasing import Reference
from eval.specimens import Specimen, Specimens, plain

ITEM_LINE = re.compile(r"[（(]?[一二三四五六七八九十0-9]+[）)、.．]")
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


def invented_law(specimens: Specimens, rng: random.Random) -> Reference | None:
    """A law that does not exist, with or without real wording."""
    name = rng.choice(_INVENTED_PLACE) + rng.choice(_INVENTED_TOPIC) + rng.choice(_INVENTED_KIND)
    if name in specimens.known_names:
        return None
    drawn = any_article(specimens, rng)
    quote = drawn.running if rng.random() < 0.5 else None
    return Reference(name, drawn.number, quote)


def wrong_article(specimens: Specimens, rng: random.Random) -> Reference | None:
    """The wording under another number of the same law."""
    drawn = any_article(specimens, rng)
    other = rng.choice(specimens.numbers[drawn.title])
    if plain(drawn.text) in plain(specimens.texts[drawn.title, other]):
        return None
    return Reference(drawn.title, other, drawn.running)


def missing_article(specimens: Specimens, rng: random.Random) -> Reference | None:
    """A number behind the last one."""
    drawn = any_article(specimens, rng)
    last = specimens.numbers[drawn.title][-1].main
    return Reference(drawn.title, ArticleNumber(last + rng.randint(1, 300)))


def wrong_law(specimens: Specimens, rng: random.Random) -> Reference | None:
    """The same number of another law."""
    drawn = any_article(specimens, rng)
    title = rng.choice(specimens.by_number[drawn.number])
    if title == drawn.title or plain(drawn.text) in plain(specimens.texts[title, drawn.number]):
        return None
    return Reference(title, drawn.number, drawn.running)


def sub_article(specimens: Specimens, rng: random.Random) -> Reference | None:
    """第…条之一 where there is none, or the wording of one under the number of the other."""
    drawn = any_article(specimens, rng)
    sub = ArticleNumber(drawn.number.main, drawn.number.sub + rng.randint(1, 3))
    now = specimens.texts.get((drawn.title, sub))
    if now is None:
        return Reference(drawn.title, sub, drawn.running if rng.random() < 0.5 else None)
    if plain(drawn.text) in plain(now):
        return None
    return Reference(drawn.title, sub, drawn.running)


def old_version(specimens: Specimens, rng: random.Random) -> Reference | None:
    """An older version's wording under today's law."""
    if not specimens.older:
        return None
    drawn = specimens.pick(specimens.older, rng)
    return false_quote(specimens, drawn, drawn.running)


def repealed(specimens: Specimens, rng: random.Random) -> Reference | None:
    """A rule that ended."""
    if specimens.ended_names and (not specimens.repealed or rng.random() < 0.4):
        return Reference(rng.choice(specimens.ended_names), ArticleNumber(rng.randint(1, 40)))
    return _of_pool(specimens, specimens.repealed, rng)


def revised(specimens: Specimens, rng: random.Random) -> Reference | None:
    """A text revised since."""
    return _of_pool(specimens, specimens.revised, rng)


def other_region(specimens: Specimens, rng: random.Random) -> Reference | None:
    """Another place's rule."""
    return _of_pool(specimens, specimens.foreign, rng)


def _of_pool(specimens: Specimens, pool: list[Specimen], rng: random.Random) -> Reference | None:
    if not pool:
        return None
    drawn = specimens.pick(pool, rng)
    if drawn.title in specimens.numbers:
        return None
    return Reference(drawn.title, drawn.number, drawn.running if rng.random() < 0.5 else None)


def missing_paragraph(specimens: Specimens, rng: random.Random) -> Reference | None:
    """A paragraph the article does not have."""
    drawn = any_article(specimens, rng)
    lines = specimens.texts[drawn.title, drawn.number].count("\n") + 1
    quote = drawn.running if rng.random() < 0.3 else None
    return Reference(drawn.title, drawn.number, quote, paragraph=lines + rng.randint(1, 3))


def wrong_paragraph(specimens: Specimens, rng: random.Random) -> Reference | None:
    """The wording of one paragraph under the number of another."""
    drawn = any_article(specimens, rng)
    lines = drawn.lines
    if len(lines) < 2 or any(ITEM_LINE.match(line) or len(line) < 8 for line in lines):
        return None
    wrong, right = rng.sample(range(len(lines)), 2)
    if plain(lines[right]) in plain(lines[wrong]):
        return None
    return Reference(drawn.title, drawn.number, lines[right], paragraph=wrong + 1)
