"""Every way to write the name of a rule, led back to its full official title."""

import re
from collections.abc import Iterable, Mapping

_NOISE = re.compile(r"[\s\u3000《》〈〉<>“”\"'‘’「」『』【】·・、,，]+")
_STATE = "中华人民共和国"
_YEAR = re.compile(r"[(（](?:19|20)\d{2}[^()（）]*[)）]$|[(（](?:试行|修[订正]|暂行)[)）]$")
_COURTS = re.compile(r"^(?:最高人民法院|最高人民检察院|和)+(?:关于)?")
_APPLY = re.compile(
    r"^(?:关于)?适用(?P<law>.+?法(?:典)?)(?P<part>.*?)(?:若干问题)?的?(?P<kind>解释|规定)(?P<tail>\(.+\))?$"
)
_TRIAL = re.compile(
    r"^(?:关于)?(?:审理|办理)(?P<matter>.+?)(?:案件)?(?:(?:具体)?(?:适用|应用)法律(?:的)?)?"
    r"(?:若干)?问题的?(?P<kind>解释|规定)(?P<tail>\(.+\))?$"
)
_OWN_PREFIX = ("关于审理", "关于办理", "关于适用")  # some copies leave out the court
_WORN = re.compile(r"(?:相关)?(?:民事|刑事|行政)?(?:纠纷|案件)+$")
_CONTRACT = re.compile(r"(?:施工)?合同$")
_HALF = str.maketrans("（）０１２３４５６７８９：", "()0123456789:")


def name_key(name: str) -> str:
    """The name without brackets, spaces, width and the words 中华人民共和国."""
    return _NOISE.sub("", name).translate(_HALF).replace(_STATE, "")


def short_names(title: str) -> tuple[str, ...]:
    """Keys a judicial interpretation is usually called by; empty for other rules.

    最高人民法院关于审理民间借贷案件适用法律若干问题的规定 is called 民间借贷司法解释.
    """
    key = name_key(title)
    bare = _COURTS.sub("", key).removeprefix("关于")
    if not (_COURTS.match(key) or key.startswith(_OWN_PREFIX)):
        return ()
    names = [bare, f"关于{bare}", f"最高法{bare}", f"最高人民法院{bare}", f"最高人民法院关于{bare}"]
    if match := _APPLY.match(bare):
        law, part = match["law"], match["part"].removesuffix("的").removeprefix("有关")
        stems = [law + part, part] if part else [law]
        names += _with_kind(stems, match["kind"], match["tail"] or "")
    elif match := _TRIAL.match(bare):
        names += _with_kind(_stems(match["matter"]), match["kind"], match["tail"] or "")
    return tuple(dict.fromkeys(name for name in names if len(name) >= 4))


def _stems(matter: str) -> tuple[str, ...]:
    """建设工程施工合同纠纷, 建设工程施工合同, 建设工程: each is said."""
    case = _WORN.sub("", matter)
    return matter, case, _CONTRACT.sub("", case)


def _with_kind(stems: Iterable[str], kind: str, tail: str) -> list[str]:
    return [
        f"{stem}{link}{word}{tail}"
        for stem in dict.fromkeys(stems)
        if stem
        for word in dict.fromkeys(("司法解释", "解释", kind, f"若干{kind}"))
        for link in ("", "的")
    ]


class Names:
    """Look-up from any writing to the title; a name two titles share leads nowhere.

    Args:
        titles: full titles known, each with its parts 编.
        given: names given by hand, to full titles; they win over derived ones.
    """

    def __init__(self, titles: Mapping[str, Iterable[str]], given: Mapping[str, str]) -> None:
        self._titles: dict[str, str] = {}
        for title in titles:
            self._titles.setdefault(name_key(title), title)
        derived: dict[str, set[str]] = {}
        for title in titles:
            for name in short_names(title):
                derived.setdefault(name, set()).add(title)
        self._short = {name: next(iter(of)) for name, of in derived.items() if len(of) == 1}
        for name, title in given.items():
            full = self._titles.get(name_key(title))
            if full is not None:
                self._short[name_key(name)] = full
        self._add_parts(titles)

    def _add_parts(self, titles: Mapping[str, Iterable[str]]) -> None:
        for title, parts in titles.items():
            for part in parts:
                bare = part.removesuffix("编")
                for written in {part, bare, f"{bare}编", f"({bare}编)", f"({bare})"}:
                    self._short.setdefault(name_key(title) + written, title)

    def find(self, name: str) -> str | None:
        """The full title, None for a name that is unknown or not unique."""
        key = name_key(name)
        found = self._titles.get(key) or self._short.get(key)
        if found is None and (bare := _YEAR.sub("", key)) != key:
            found = self._titles.get(bare) or self._short.get(bare)
        return found
