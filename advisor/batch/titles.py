"""Titles of clusters as an official would write them: 米兰春天：违规经营投诉（12件，5人）."""

import re
from collections import Counter
from collections.abc import Sequence

from advisor.batch.accounts import Account, Accounts
from advisor.batch.heat import people_of

LONGEST = 30
_KINDS = ("estate", "school", "village", "crossing", "road", "project", "unit")

_ASIDE = re.compile(r"[（(][^（）()]*[）)]?")
_OPENING = re.compile(
    r"^(?:(?:再次|第[一二三四五六七八九十]次|强烈|坚决|恳请|请求|请问|请|关于|投诉|举报|反映|反应|咨询|询问|呼吁|建议|希望|对))+"
)
_CLOSING = re.compile(r"(?:的?(?:投诉|问题|情况|建议|咨询|请求))?[！!？?。，,、\s]*$")


def short_matter(name: str) -> str:
    """The name of a matter without what stands in brackets."""
    return _ASIDE.sub("", name) or name


def place_of(accounts: Accounts, rows: Sequence[Account]) -> str:
    """The place that at least half of the rows are about: of the subjects, else of the beginnings.

    Where several are, the kind that says most of where it is, then the longest name. Without any,
    the narrowest area that half of the rows name.
    """
    for named in (
        [frozenset(key for key in row.places if key in row.title) for row in rows],
        [row.named for row in rows],
    ):
        told = Counter(key for keys in named for key in keys)
        common = [key for key, rows_of in told.items() if rows_of * 2 >= len(rows)]
        if common:
            return min(common, key=lambda k: (_rank(accounts, k), -len(k), k))
    areas = Counter(key for row in rows for key in set(row.areas))
    wide = [key for key, rows_of in areas.items() if rows_of * 2 >= len(rows)]
    order = {key: at for row in rows for at, key in enumerate(row.areas)}
    return max(wide, key=lambda k: (not k.endswith("省"), order[k], k), default="")


def _rank(accounts: Accounts, key: str) -> int:
    kind = accounts.kinds.get(key, "estate")
    return _KINDS.index(kind) if kind in _KINDS else len(_KINDS)


def title_of(place: str, matter: str, rows: Sequence[Account]) -> str:
    """Place, matter, reports and people; the shortest telling subject where no matter is given."""
    what = matter or _subject(rows)
    name = f"{place}：{what}" if place and place not in what else what
    return f"{name}（{len(rows)}件，{people_of(rows)}人）"


def _subject(rows: Sequence[Account]) -> str:
    subjects = (_CLOSING.sub("", _OPENING.sub("", row.title.strip())) for row in rows)
    told = sorted({s for s in subjects if len(s) >= 4}, key=lambda s: (len(s), s))
    return told[0][:LONGEST] if told else "同类诉求"
