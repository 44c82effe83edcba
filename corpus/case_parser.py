"""A published case 案例 as a record: facts, holdings, outcome, by the headings such texts use."""

import re

from corpus.heading import find_dates
from corpus.model import ArticleRef, Case, CaseSource, Region
from corpus.numerals import format_article, parse_article
from corpus.region import shipped_table
from corpus.statute_parser import INFO_END

_FACTS = ("基本案情", "简要案情", "案情回顾", "案情简介", "案情")
_CLAIMS = ("申请人请求", "原告诉讼请求", "诉讼请求")
_OUTCOME = ("裁判结果", "处理结果", "法院裁判", "裁判", "仲裁结果", "调解结果", "判决结果")
_LESSONS = (
    "裁判要点",
    "裁判要旨",
    "典型意义",
    "案例分析",
    "适用解析",
    "法官解读",
    "裁判理由",
    "法官说法",
)
_HEADING = re.compile(r"^#{1,4}\s*(.+?)\s*$")
_NAMED = re.compile(r"(?:诉|与|申请).+(?:案|案件|一案)$")
_PUBLISHER = re.compile(r"(最高人民法院|最高人民检察院|人力资源社会保障部|司法部)")
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,9}?(?:省|市|自治区|自治州)|北京|上海|天津|重庆")
_LONGEST_PLACE = 30
_ARTICLE = re.compile(
    r"《([^《》]{2,60})》(?:（[^）]{1,12}）)?(第[零一二三四五六七八九十百千0-9]+条(?:之[一二三四五六七八九十]+)?)"
)
_WHOLE = "正文"
_UNKNOWN_PLACE = "原文未载明"


def looks_like_case(text: str) -> bool:
    """Whether a text without articles is told under the headings of a case."""
    names = {
        match[1].strip("：: ") for line in text.splitlines() if (match := _HEADING.match(line))
    }
    return bool(names & set(_FACTS)) and bool(names & {*_OUTCOME, *_LESSONS})


def parse_case(text: str, *, case_id: str, stem: str) -> Case:
    """The case told in one file; sections the file lacks are left out, none is invented."""
    above, marked, body = text.partition(INFO_END)
    if not marked:
        above, body = "", text
    title, sections = _sections(above, body, stem)
    facts = _first(sections, _FACTS) or _first(sections, (_WHOLE,)) or stem
    claims = _first(sections, _CLAIMS)
    lessons = [_first(sections, (name,)) for name in _LESSONS]
    measures = [lesson for lesson in lessons if lesson]
    outcome = _first(sections, _OUTCOME) or (measures[0] if measures else facts)
    region = _place(title, text)
    days = find_dates(above)
    publisher = _PUBLISHER.search(above)
    return Case(
        id=case_id,
        title=title,
        place="".join(region) or _UNKNOWN_PLACE,
        region=region,
        facts=f"{facts}\n请求：{claims}" if claims else facts,
        measures=measures or [outcome],
        outcome=outcome,
        articles=_articles(text),
        source=CaseSource(
            kind="public",
            publisher=publisher[1] if publisher else None,
            title=title,
            date=max(days).isoformat() if days else None,
        ),
    )


def _sections(above: str, body: str, stem: str) -> tuple[str, dict[str, str]]:
    """Title and the text under each heading; the name of the case may be a heading of its own."""
    tops = [match[1] for line in above.splitlines() if (match := _HEADING.match(line))]
    named = ""
    current = _WHOLE
    found: dict[str, list[str]] = {}
    for line in body.splitlines():
        match = _HEADING.match(line)
        if match is None:
            if line.strip() and not line.startswith("<!--"):
                found.setdefault(current, []).append(line.strip())
        elif not named and _NAMED.search(match[1]):
            named = match[1]
        elif not tops and line.startswith("# "):
            tops.append(match[1])
        else:
            current = match[1].strip("：: \u3000")
    point = _clauses(tops[0] if tops else stem)
    title = f"{_clauses(named)}：{point}" if named and named not in point else point
    return title, {name: "\n".join(lines) for name, lines in found.items()}


def _clauses(title: str) -> str:
    """One line; the space between the halves of a newspaper headline becomes a comma."""
    return "，".join(title.split())


def _first(sections: dict[str, str], names: tuple[str, ...]) -> str:
    return next((sections[name] for name in names if sections.get(name)), "")


def _place(*texts: str) -> Region:
    """The first known place named in full, or by its province, in the first text that names one."""
    table = shipped_table()
    for text in texts:
        for match in _PLACE.finditer(text):
            for start in range(match.start(), match.end() - 1):
                if region := table.at_head(text[start : start + _LONGEST_PLACE]):
                    return region
    return ()


def _articles(text: str) -> tuple[ArticleRef, ...]:
    refs = {
        (match[1], format_article(parse_article(match[2]))): None
        for match in _ARTICLE.finditer(text)
    }
    return tuple(ArticleRef(law=law, article=article) for law, article in refs)
