"""Reading citations 引用 of articles out of prose, as officials and models really write them."""

import re
from collections.abc import Iterator

from corpus.citation_names import Named, NameLookup, Names
from corpus.citation_numbers import ARTICLE, FIRST, Place, read_group
from corpus.citation_quotes import (
    Quote,
    attributed_spans,
    heading_quote,
    quote_before,
    quotes_after,
    says_next,
)
from corpus.model import Citation

_THING = re.compile(
    r"(?:[路街巷弄河沟渠线狗鱼缝]|船(?![舶员长])|[裤裙绳腿]|胡同|大道|通道|楼道|车道|道路|人命"
    r"|短信|信息|消息|新闻|建议|意见|理由|措施|经验|管道|水管|微博|评论|留言|诉求|问题"
    r"|毛巾|围巾|裂缝)"
)
_AFTER_CUE = re.compile(
    r"[ \u3000*]*(?:中|里|的|也|还|已|明确|明文|之){0,4}"
    r"(?:规定|第.{1,4}款|第.{1,5}项|款|项|[：:]?[“「『\"])"
)
_BEFORE_CUE = re.compile(r"(?:根据|依据|依照|按照|违反|适用|触犯|参照|援引|[依据按照])[ \u3000*]*$")
_BLANKS = frozenset(" \u3000\t")
_LINE_START = re.compile(r"(?:^|\n)[ \u3000\t>#*\-•]*$")


def parse_citations(text: str, names: NameLookup | None = None) -> tuple[Citation, ...]:
    """Every citation of an article in the text, from left to right.

    A list or a range (第二百八十八条至第二百九十条, at most 100 articles, the two ends only
    beyond that) gives one citation for each article, each item or paragraph named. A bare
    number and 同法, 该法, 本条例 belong to the law named last. Articles of contracts,
    covenants and house rules are left out. Words inside a quotation already bound to a
    citation are the statute's own and are not read again.

    Args:
        text: prose of any length.
        names: any way to write a law's name to its full title, so that names without 《》
            are recognised exactly; without it, unmarked names are told by their ending.
    """
    return tuple(_Reader(text, names).read())


class _Reader:
    """One pass over one text."""

    def __init__(self, text: str, names: NameLookup | None) -> None:
        self._text = text
        self._names = Names(text, names)
        self._since = 0
        self._heading_at = -1
        self._spans = list(reversed(attributed_spans(text)))

    def read(self) -> Iterator[Citation]:
        at = 0
        while (anchor := self._next_number(at)) is not None:
            at = self._past_quotation(anchor)
            if at > anchor.end() or (named := self._belongs(anchor)) is None:
                continue
            places = read_group(self._text, anchor)
            if not places:
                continue
            at = places[-1].end
            if named.private:
                self._since = at
                continue
            found, at = self._bound(named, places, anchor)
            self._since = at
            yield from found

    def _next_number(self, at: int) -> re.Match[str] | None:
        first = FIRST.search(self._text, at)  # quicker than trying the whole expression everywhere
        if first is None or all(self._text.find(sign, first.end()) < 0 for sign in "条條"):
            return None
        return ARTICLE.search(self._text, first.start())

    def _past_quotation(self, anchor: re.Match[str]) -> int:
        """Where to read on: behind the quotation or title around the number, else behind it."""
        start = anchor.start()
        while self._spans and self._spans[-1][1] <= start:
            self._spans.pop()
        if self._spans and self._spans[-1][0] < start:
            return max(anchor.end(), self._spans[-1][1])
        return self._names.title_around(start) or anchor.end()

    def _belongs(self, anchor: re.Match[str]) -> Named | None:
        """The law an article number belongs to; None when it is no citation at all."""
        start = anchor.start()
        named = self._names.before(start, since=self._since)
        if named is not None:
            return named if anchor["di"] or self._firm(named, anchor) else None
        if not anchor["di"] or _THING.match(self._text, anchor.end()):
            return None
        if self._names.private_near(start, self._since):
            self._names.private = True
            return Named(None, start, private=True)
        self._names.last_in_prose(self._since, start)
        if self._names.private:
            return None
        if self._set_as_heading(anchor):
            return self._heading(anchor)
        if self._names.last is not None:
            return Named(self._names.last, start)
        looks = _AFTER_CUE.match(self._text, anchor.end()) or _BEFORE_CUE.search(
            self._text, max(0, start - 6), start
        )
        return Named(None, start) if looks else None

    def _firm(self, named: Named, anchor: re.Match[str]) -> bool:
        """Whether a number without 第 can be an article: 民法典290条 is, 出台办法三条 is not."""
        number = anchor["numbers"]
        return not named.private and (len(number) > 1 or number.isdigit())

    def _set_as_heading(self, anchor: re.Match[str]) -> bool:
        """Whether a line begins with the number, a blank and wording, as a statute is set."""
        start = anchor.start()
        at_line = _LINE_START.search(self._text, max(0, start - 12), start) is not None
        return at_line and heading_quote(self._text, anchor.end()) is not None

    def _heading(self, anchor: re.Match[str]) -> Named | None:
        """A line set like a statute counts only under the law's own title."""
        start = anchor.start()
        line = self._text.rfind("\n", 0, start) + 1
        above = self._text[:line].rstrip(" \u3000\t\n：:*_#，,")
        if self._names.last is None:
            return None
        bare = self._names.last.rstrip("》")
        if self._heading_at == len(above) or above.rstrip("》").endswith(bare):
            return Named(self._names.last, start)
        return None

    def _bound(
        self, named: Named, places: list[Place], anchor: re.Match[str]
    ) -> tuple[list[Citation], int]:
        """The citations of a group with the wording ascribed to it, and where to read on."""
        end = places[-1].end
        quotes: tuple[Quote, ...] = ()
        if self._text[end : end + 1] in _BLANKS and not self._says_next(end):
            quotes = self._set_as_text(named, anchor, end)
        quotes = quotes or quotes_after(self._text, end)
        if not quotes:
            earlier = quote_before(self._text, named.start, self._since)
            quotes = (earlier,) if earlier is not None else ()
        if named.start < places[0].start:
            places[0] = Place(places[0].number, named.start, *places[0][2:])
        found = [self._citation(named, p, q) for p in places for q in (quotes or (None,))]
        return found, max(end, quotes[-1].end if quotes else end)

    def _says_next(self, at: int) -> bool:
        """规定 or a mark behind a blank; a full-width blank sets off even wording in marks."""
        found = says_next(self._text, at)
        return found is not None and not (self._text[at] == "\u3000" and found in '“「『"')

    def _set_as_text(self, named: Named, anchor: re.Match[str], end: int) -> tuple[Quote, ...]:
        """A full-width space, or any space in a heading line, sets off the statute's wording."""
        start = anchor.start()
        at_line = _LINE_START.search(self._text, max(0, start - 12), start) is not None
        if not at_line and (named.start == start or self._text[end] != "\u3000"):
            return ()
        heading = heading_quote(self._text, end)
        if heading is None:
            return ()
        self._heading_at = heading.end
        return (heading,)

    def _citation(self, named: Named, place: Place, quote: Quote | None) -> Citation:
        number, start, end, paragraph, item = place
        wording = quote.text if quote is not None else None
        text = self._text[start:end]
        return Citation(
            text, start, end, named.law, number, paragraph, item, wording, named.division
        )
