"""Which law an article number belongs to: the name before it, 同法, a contract, or nothing."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from corpus.citation_parts import BETWEEN
from corpus.citation_titles import titles

NameLookup = Callable[[str], str | None]
"""Any way to write a law's name to its full title; None when unknown."""

NUM = "〇零○两一二三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟0-9０-９"
_S = r"[ \u3000\t]*"

_ENDING = (
    r"(?:法典|法|条例|办法|规定|规则|细则|解释|决定|决议|通则|总则|规程|规范|意见|通知"
    r"|批复|标准|准则)"
)
_LAWLIKE = re.compile(rf"(?:{_ENDING}|方案|纲要|宪法|公报|纪要)(?:[（(][^（）()]*[）)])*$")
_GENERIC = re.compile(rf"(?:本|该|此)?({_ENDING})$")
_PRIVATE_WORDS = (
    "合同|协议|合同书|协议书|章程|公约|规约|村规民约|民约|承诺书|责任书|约定|判决书|裁定书|调解书|决定书"
    "|通知书|契约|租约|手册|守则|制度|须知|附件|条款|说明书|保单|公告|纪要|备忘录|居民公约|合约"
)
_PRIVATE = re.compile(rf"(?:{_PRIVATE_WORDS})(?:[（(][^（）()]*[）)])*$")
_OF_A_BODY = re.compile(
    r"人民代表大会|人大|常务委员会|常委会|国务院|最高人民|人民政府|中华人民共和国"
)
"""Bodies that make rules: what they call 守则 or 公约 is cited like any rule."""
_PRIVATE_NEAR = re.compile(
    rf"(?:{_PRIVATE_WORDS})[》”」]?(?:[（(][^（）()]{{0,20}}[）)])?[，,中的里书上内有关于约定规明确：:“\s]{{0,6}}$"
)
_PRIVATE_RULE = re.compile(
    r"(?:公司|学校|小区|物业|单位|工厂|本厂|村里|村委会|社区|业委会|业主委员会)(?:的|内部)*(?:管理)?(?:规定|办法|规则|规范)$"
)
_VAGUE = re.compile(
    r"^(?:有关|相关|法律|法规|国家|现行|上级|政策|的|等|有关法律|相关法律|法律法规)*(?:的|等)*"
    r"(?:规定|办法|条例|法律|解释|决定|意见|通知|标准|规范|规则)$"
)
_NOT_A_LAW = re.compile(r"(?:方|违|依|合|非|执|司|立|看|想|说|做|用|无|手|书|语|设|枉|守|普|犯)法$")
_ANAPHOR = re.compile(
    rf"(?:(?<!合)同|该|(?<![日基资根成])本|(?<!因)此|前述|上述|上列|前引|这部|这个|该部|前款|所述)"
    rf"(?:一|部|项)?(法律|法规|规章|{_ENDING})$"
)
_RUN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9０-９（）()〈〉<>、·]*$")
_QUOTED = re.compile(r"[〈<“「『\"【]([^〈〉<>“”「」『』\"【】\n]{2,60})[〉>”」』\"】]$")
_NOTE = re.compile(r"[（(\[〔]([^（）()\[\]〔〕]{1,60})[）)\]〕]$")
_YEAR = re.compile(r"[0-9０-９]{4}")
_SHORT_NAME = re.compile(
    r"》[（(]\s*(?:以下|下文|后文|下)(?:均|统)?(?:简称|称)(?:为)?[：:]?\s*[“\"「《‘]*([^“”\"「」《》‘’）)\n]{2,40})[”\"」》’]*\s*[）)]"
)
_BOUNDARY = re.compile(
    r"(?:根据|依据|依照|按照|遵照|参照|比照|对照|违反|违背|触犯|适用|符合|遵守|执行|援引|引用|查阅|结合|属于|包括"
    r"|即|以及|还有|或者|并且|同时|其中|认为|表示|提到|写明|指出|应当|可以|我国|现行|国家的?|最新的?"
    r"|[说讲看查引依据照按跟为是以把将被到因所则并且而但又也还着过了给让请你我他她们您在由从自用]"
    r"|(?<![省市县区州镇乡村旗盟])的)$"
)
_JOIN = re.compile(rf"(?:^|{_ENDING}|[》条款项])(?:和|与|及|以及|或|或者|、)$")
_STRONG = re.compile(
    r"(?:根据|依据|依照|按照|遵照|参照|比照|违反|违背|触犯|适用|符合|遵守|执行|援引|引用|查阅|结合|属于|以及|还有"
    r"|或者|并且|同时|其中|认为|表示|提到|[、，]|[按据依照说是])"
)
_LAST_CHARS = frozenset("编法典例定则释决程知见复准范章宪")
_TEXTUAL_END = re.compile(_ENDING)
_TEXTUAL = re.compile(rf"[\u4e00-\u9fff（）()]{{2,40}}?{_ENDING}")


class Named(NamedTuple):
    """The name found before an article number, and where the mention begins."""

    law: str | None
    start: int
    private: bool = False  # a contract or house rule: no law citation
    division: str = ""  # 合同编, 第七章: what stands between the name and the number


class _Title(NamedTuple):
    """What the words between 《 and 》 are by themselves."""

    ending: str | None  # 《条例》 alone: the law of that kind named last
    private: bool
    lawlike: bool


@lru_cache(maxsize=8192)
def _title(name: str) -> _Title:
    generic = _GENERIC.fullmatch(name)
    house_rule = _PRIVATE.search(name) is not None
    of_a_body = house_rule and _OF_A_BODY.search(name) is not None
    return _Title(
        ending=generic[1] if generic is not None else None,
        private=house_rule and not of_a_body,
        lawlike=of_a_body or _LAWLIKE.search(name) is not None,
    )


@dataclass(slots=True)
class Names:
    """The law names of one text, asked for from left to right."""

    text: str
    lookup: NameLookup | None = None
    last: str | None = None
    private: bool = False
    _titles: list[tuple[str, int, int]] = field(default_factory=list)
    _next: int = 0
    _named_to: int = 0
    _titled_last: Named | None = None
    _seen: list[str] = field(default_factory=list)
    _short: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._titles = titles(self.text)
        if self._titles and "称" in self.text:
            closed = {stop: name for name, _, stop in self._titles}
            for m in _SHORT_NAME.finditer(self.text):
                whole = closed.get(m.start() + 1)
                if whole is not None:
                    self._short[m[1].strip()] = whole

    def before(self, at: int, *, since: int) -> Named | None:
        """The law the number at ``at`` names right before itself; None for a bare number.

        ``since`` is the end of the article read before; names in between become the law
        named last even when the number does not follow them at once.
        """
        self._advance(at)
        end = at
        while end > since and self.text[end - 1] in " \u3000\t*_`":
            end -= 1
        if since < end == self._named_to and self._titled_last is not None:
            self._remember(self._titled_last)
            return self._titled_last
        found = self._adjacent(end, since)
        if (found is None or found.private) and end > since:
            part = BETWEEN.search(self.text, max(since, end - 40), end)
            above = self._adjacent(part.start(), since) if part is not None else None
            if part is not None and above is not None:
                found = above._replace(division=part[0])
        if found is not None:
            self._remember(found)
        return found

    def private_near(self, at: int, since: int) -> bool:
        """Whether a contract or house rule was named just before a bare number."""
        near = self.text[max(since, at - 40) : at]
        return _PRIVATE_NEAR.search(near) is not None and _OF_A_BODY.search(near) is None

    def last_in_prose(self, since: int, at: int) -> None:
        """Take the law last named without 《》 between two places as the law named last."""
        if self.lookup is None:
            return
        begin = max(since, at - 200, self._named_to)
        if _TEXTUAL_END.search(self.text, begin, at) is None:
            return
        for m in _TEXTUAL.finditer(self.text, begin, at):
            known = self._known_suffix(m[0])
            if known is not None:
                self._remember(Named(known[0], m.start()))

    def title_around(self, at: int) -> int | None:
        """Where the 《title》 ends that a place lies inside; None outside of titles."""
        for _, start, stop in self._titles[self._next :]:
            if stop > at:
                return stop if start < at else None
        return None

    def _advance(self, at: int) -> None:
        while self._next < len(self._titles) and self._titles[self._next][2] <= at:
            name, start, stop = self._titles[self._next]
            self._next += 1
            kind = _title(name)
            if kind.ending is not None or (kind.private and not self._resolves(name)):
                continue
            if kind.lawlike or self._resolves(name):
                self._titled_last = Named(self._short.get(name, name), start)
                self._remember(self._titled_last)
                self._named_to = stop

    def _remember(self, named: Named) -> None:
        self.private = named.private
        if named.law is not None:
            self.last = named.law
            self._seen.append(named.law)

    def _resolves(self, name: str) -> bool:
        return self.lookup is not None and self.lookup(name) is not None

    def _adjacent(self, end: int, since: int) -> Named | None:
        if end <= since:
            return None
        if self.text[end - 1] in "）)]〕":
            bracket = _NOTE.search(self.text, max(since, end - 64), end)
            if bracket is not None and self._is_note(bracket, since):
                note = f"（{bracket[1]}）" if _YEAR.match(bracket[1]) else ""
                found = self._named(bracket.start(), since, note)
                return found._replace(division=bracket[1]) if found is not None else None
        return self._named(end, since, "")

    def _named(self, end: int, since: int, note: str) -> Named | None:
        last = self.text[end - 1]
        if last == "》":
            return self._titled(end, note)
        if last in '〉>”」』"】':
            quoted = _QUOTED.search(self.text, max(since, end - 64), end)
            if quoted is not None and (_LAWLIKE.search(quoted[1]) or self._resolves(quoted[1])):
                return Named(self._short.get(quoted[1], quoted[1]) + note, quoted.start())
            return None
        return self._unmarked(end, since, note)

    def _is_note(self, bracket: re.Match[str], since: int) -> bool:
        """Whether a bracket is a remark on the name (year, 以下简称) rather than part of it."""
        if bracket.start() > since and self.text[bracket.start() - 1] == "》":
            return True
        return bool(_YEAR.match(bracket[1]))

    def _title_ending(self, end: int) -> tuple[str, int] | None:
        """The title that ends at a place already passed."""
        at = self._next - 1
        while at >= 0 and self._titles[at][2] > end:
            at -= 1
        name, start, stop = self._titles[at] if at >= 0 else ("", 0, -1)
        return (name, start) if stop == end else None

    def _titled(self, end: int, note: str) -> Named | None:
        title = self._title_ending(end)
        if title is None:
            return None
        name, start = title
        kind = _title(name)
        if kind.ending is not None and name not in self._short:
            return Named(self._recall(kind.ending), start)
        if kind.private and not self._resolves(name):
            return Named(None, start, private=True)
        return Named(self._short.get(name, name) + note, start)

    def _recall(self, ending: str) -> str | None:
        """The law named last, of the kind 本条例 or 该办法 says where one was named."""
        if ending in ("法律", "法规", "规章", "规定"):
            return self.last
        for law in reversed(self._seen):
            bare = re.sub(r"[（(][^（）()]*[）)]", "", law)
            if bare.endswith(ending) or (ending == "法" and bare.endswith("法典")):
                return law
        return self.last

    def _unmarked(self, end: int, since: int, note: str) -> Named | None:
        window = _RUN.search(self.text, max(since, end - 60), end)
        run = window[0] if window is not None else ""
        if len(run) < 2:
            return None
        for short, title in self._short.items():
            if run.endswith(short):
                return Named(title + note, end - len(short))
        known = self._known_suffix(run) if run[-1] in _LAST_CHARS else None
        if known is not None and len(known[1]) == len(run):
            return Named(known[0] + note, end - len(run))
        anaphor = _ANAPHOR.search(run)
        if anaphor is not None and (known is None or len(known[1]) <= len(anaphor[0])):
            self.last_in_prose(since, end - len(anaphor[0]))
            return Named(self._recall(anaphor[1]), end - len(anaphor[0]))
        if known is not None:
            return Named(known[0] + note, end - len(known[1]))
        if _PRIVATE.search(run) or _PRIVATE_RULE.search(run):
            return Named(None, end, private=True)
        return self._guessed(run, end, note)

    def _known_suffix(self, run: str) -> tuple[str, str] | None:
        """The longest ending of the run that is a known name and begins where a name can begin."""
        if self.lookup is None:
            return None
        for i in range(len(run) - 1):
            suffix = run[i:]
            if suffix[0] not in "的、）)" and self.lookup(suffix) is not None:
                ahead = run[:i]
                if not ahead or _BOUNDARY.search(ahead) or _JOIN.search(ahead):
                    return suffix, suffix
                return None
        return None

    def _guessed(self, run: str, end: int, note: str) -> Named | None:
        """An unknown name that ends like a law's, so that an invented law is not missed."""
        if not re.search(rf"{_ENDING}(?:[（(][^（）()]*[）)])?$", run) or _NOT_A_LAW.search(run):
            return None
        cut = 0
        for m in _STRONG.finditer(run):
            if len(run) - m.end() >= 2:
                cut = m.end()
        name = run[cut:].lstrip("的在了一")
        if name[-2:] in ("刑法", "宪法") and len(name) == 2:
            return Named(name + note, end - 2)
        if len(name) < 3 or _VAGUE.match(name) or not re.match(r"[\u4e00-\u9fff]", name):
            return None
        return Named(name + note, end - len(name))
