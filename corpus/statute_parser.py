"""The text of a rule to its articles 条 with the 编/章/节 above each; no text is lost."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.errors import NumberError
from corpus.heading import Head, read_head
from corpus.model import ArticleNumber
from corpus.numerals import NUMBER_CHARS, format_article, parse_number
from corpus.run_on import MENTION_AFTER, split_run_on

_N = f"[{NUMBER_CHARS}－—-]"  # OCR writes 一 as a dash: 第三十－条
_ARTICLE = re.compile(rf"[第笫]\s*({_N}+)\s*条(?:\s*之\s*([{NUMBER_CHARS}]+))?(\s*)")
_HEADING = re.compile(r"(#{1,6})\s*(.*)")
_RANKED = re.compile(rf"第\s*[{NUMBER_CHARS}]+\s*(分编|编|章|节|目)(?:\s+|$)(.*)")
_RANKS = {"编": 1, "分编": 2, "章": 3, "节": 4, "目": 5}
_APPENDIX = re.compile(
    r"附\s*(?:(?:件|录|表|图)\s*[0-9０-９一二三四五六七八九十]*\s*(?:$|[:：\s\u3000].*)|[:：]|注[:：])"
)
_MARKERS = re.compile(r"<!--.*?-->", re.S)
_CONTENTS = re.compile(r"目\s*录$")
_SPACES = re.compile(r"\s+")
_ZERO_WIDTH = re.compile("[\u200b-\u200f\ufeff\u2060]")
_AMENDING = re.compile(r"修正案|修改.*的决定")
_ISSUED = re.compile(r"[(（].{0,80}?\d{4}年.*?(?:通过|公布|发布|批准|修[订正]|施行|令)", re.S)

INFO_END = "<!-- INFO END -->"


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """One article as it stands in the file."""

    number: ArticleNumber
    path: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class ParsedText:
    """A file taken apart: head, what stands before the first article, the articles, the appendix.

    ``oddities`` says in Chinese what was out of order in the source and how it was read.
    """

    head: Head
    front: str
    articles: tuple[ParsedArticle, ...]
    appendix: str
    oddities: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reading:
    """State of one pass over the lines of a text."""

    amending: bool
    front: list[str] = field(default_factory=list)
    appendix: list[str] = field(default_factory=list)
    found: list[tuple[ArticleNumber, tuple[str, ...], list[str]]] = field(default_factory=list)
    path: dict[int, str] = field(default_factory=dict)
    depth_rank: dict[int, int] = field(default_factory=dict)
    oddities: list[str] = field(default_factory=list)
    in_appendix: bool = False
    bare_heading: int | None = None

    @property
    def current(self) -> list[str]:
        """Where a plain line goes now."""
        if self.in_appendix:
            return self.appendix
        return self.found[-1][2] if self.found else self.front


def parse_text(text: str, stem: str) -> ParsedText:
    """Take apart one file, Markdown of the collection or plain text of an official download.

    Args:
        text: the decoded text.
        stem: the file's name without suffix; gives title and date where the text has none.
    """
    titles, head_lines, body = _split_head(text)
    head = read_head(titles, head_lines, stem)
    reading = _Reading(amending=bool(_AMENDING.search(head.title)))
    for line in body:
        _read_line(reading, line, head.title)
    articles = _repair_gaps(reading)
    return ParsedText(
        head=head,
        front=_joined(reading.front),
        articles=tuple(articles),
        appendix=_joined(reading.appendix),
        oddities=tuple(reading.oddities),
    )


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(line for line in lines if line)


def _split_head(text: str) -> tuple[list[str], list[str], list[str]]:
    """Titles, lines of the head, lines of the body."""
    marked, found, rest = text.partition(INFO_END)
    if found:
        above = [line.strip() for line in marked.splitlines()]
        titles = [line.lstrip("#") for line in above if line.startswith("# ")]
        plain = [line for line in above if line and not line.startswith("#")]
        return titles, plain, _body_lines(rest)
    return _split_plain(_body_lines(text))


def _body_lines(text: str) -> list[str]:
    text = _ZERO_WIDTH.sub("", text)
    if "<!--" in text:
        text = _MARKERS.sub("\n", text)
    return [stripped for line in text.splitlines() if (stripped := line.strip())]


def _split_plain(lines: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Head of a text without marker: the title, then the parenthesis that says when it was made."""
    first = next((i for i, line in enumerate(lines) if _starts_text(line)), len(lines))
    above = lines[: min(first, 40)]
    opening = next((i for i, line in enumerate(above) if line[0] in "(（"), None)
    title_lines = above[:opening] if opening is not None else above[:1]
    if opening is None or len(title_lines) > 4 or not title_lines:
        title_lines = above[:1]
    title = "".join(line.lstrip("# ") for line in title_lines)
    if not title or len(title) > 120 or "。" in title:
        return [], above[:6], lines
    closing = len(title_lines)
    if opening == closing:
        ends = [i for i, line in enumerate(above[opening:], opening) if line[-1] in ")）"]
        made = bool(_ISSUED.search("".join(above[opening : (ends[0] if ends else opening) + 1])))
        closing = (ends[0] if ends else opening) + 1 if made else closing
    return [title], above[len(title_lines) : closing], lines[closing:]


def _starts_text(line: str) -> bool:
    return bool(_ARTICLE.match(line) or _RANKED.match(line) or _CONTENTS.match(line))


def _read_line(reading: _Reading, line: str, title: str) -> None:
    if line[0] == "#" and (match := _HEADING.match(line)):
        _read_heading(reading, match[2].strip(), len(match[1]))
    elif line[0] in "第笫":
        if (ranked := _RANKED.match(line)) and len(line) <= 60 and "。" not in line:
            _read_heading(reading, line, None)
        elif not _read_article(reading, line, ranked=ranked is not None):
            _read_plain(reading, line, title)
    else:
        _read_plain(reading, line, title)


def _read_heading(reading: _Reading, text: str, depth: int | None) -> None:
    if not text:
        return
    if _APPENDIX.match(text) or reading.in_appendix:
        reading.in_appendix = reading.in_appendix or bool(reading.found)
        reading.current.append(text)
        return
    ranked = _RANKED.match(text)
    if ranked:
        rank = _RANKS[ranked[1]]
        if depth is not None:
            reading.depth_rank[depth] = rank
    else:
        rank = reading.depth_rank.get(depth or 2, (depth or 2) + 1)
    for lower in [key for key in reading.path if key >= rank]:
        del reading.path[lower]
    reading.path[rank] = _heading_text(text, ranked)
    reading.bare_heading = rank if ranked and not ranked[2].strip() else None


def _heading_text(text: str, ranked: re.Match[str] | None) -> str:
    """第一章　总　则 as 第一章 总则."""
    if ranked is None:
        return _SPACES.sub(" ", text)
    number = _SPACES.sub("", text[: ranked.start(2)])
    return f"{number} {_SPACES.sub('', ranked[2])}".strip()


def _read_plain(reading: _Reading, line: str, title: str) -> None:
    rank, reading.bare_heading = reading.bare_heading, None
    if rank is not None and len(line) <= 20 and line[-1] not in "。：；":
        reading.path[rank] += " " + _SPACES.sub("", line)
        return
    if not reading.found and (_CONTENTS.match(line) or _is_title_again(line, title)):
        return
    if reading.found and not reading.in_appendix and len(line) <= 60 and _APPENDIX.match(line):
        reading.in_appendix = True
    reading.current.append(line)


def _is_title_again(line: str, title: str) -> bool:
    """Whether the line repeats the title, or a piece of it broken over lines."""
    flat = _SPACES.sub("", line).replace("<", "〈").replace(">", "〉")
    return 2 <= len(flat) <= len(title) and flat in title and not flat.startswith("第")


def _read_article(reading: _Reading, line: str, *, ranked: bool) -> bool:
    match = _ARTICLE.match(line)
    number = _number(match) if match is not None and not ranked else None
    if match is None or number is None:
        return False
    if reading.in_appendix and not _reopens(reading, number):
        return False
    rest = line[match.end() :]
    if not _accepts(reading, number, spaced=bool(match[3]) or not rest, rest=rest):
        return False
    reading.bare_heading = None
    path = tuple(reading.path[rank] for rank in sorted(reading.path))
    reading.found.append((number, path, [rest]))
    return True


def _reopens(reading: _Reading, number: ArticleNumber) -> bool:
    """Whether the next article shows that a line about 附件 was part of the text after all."""
    if number != ArticleNumber(reading.found[-1][0].main + 1) or number.main == 1:
        return False
    reading.found[-1][2].extend(reading.appendix)
    reading.appendix.clear()
    reading.in_appendix = False
    return True


def _number(match: re.Match[str]) -> ArticleNumber | None:
    written = re.sub("[－—-]", "一", match[1])
    try:
        main = parse_number(written)
        return ArticleNumber(main, parse_number(match[2]) if match[2] else 0) if main else None
    except NumberError:
        return None


def _accepts(reading: _Reading, number: ArticleNumber, *, spaced: bool, rest: str) -> bool:
    """Whether a number at the start of a line opens an article here, or is only quoted."""
    if not spaced and rest[0] in MENTION_AFTER:
        return False
    if not reading.found:
        return spaced or number.main == 1
    last = reading.found[-1][0]
    if number in {ArticleNumber(last.main + 1), ArticleNumber(last.main, last.sub + 1)}:
        return True
    written = format_article(number)
    if reading.amending or number <= last or not spaced:
        reading.oddities.append(f"{written}出现在{format_article(last)}之内，按引用处理")
        return False
    open_quotes = "".join(reading.found[-1][2])
    if open_quotes.count("“") > open_quotes.count("”"):
        reading.oddities.append(f"{written}在引号之内，按引用处理")
        return False
    return True


def _repair_gaps(reading: _Reading) -> list[ParsedArticle]:
    """Articles in order; a number missing between two is looked for inside the text before it."""
    articles: list[ParsedArticle] = []
    found = reading.found
    for position, (number, path, lines) in enumerate(found):
        following = found[position + 1][0] if position + 1 < len(found) else None
        pieces = [(number, _joined(lines))]
        end = following.main if following is not None else None
        pieces = split_run_on(pieces, end, reading.oddities)
        articles.extend(ParsedArticle(n, path, text) for n, text in pieces)
    first = articles[0].number.main if articles else 1
    if first > 1 and reading.front and not reading.amending:
        reading.oddities.append(f"正文从第{first}条开始，之前的文字没有条文序号，按前文保存")
    return articles
