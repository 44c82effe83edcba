"""Articles that a source runs on inside the text of the one before, set apart again."""

import re

from corpus.model import ArticleNumber
from corpus.numerals import format_article

# What stands around the number of an article that is only mentioned: 第十四条规定的, 依照第三条.
MENTION_AFTER = "规第、，。；：和至与的款项所或及中)）》”之"
MENTION_BEFORE = "本该法例定《》照据反及和、至与或办则按以在依"


def split_run_on(
    pieces: list[tuple[ArticleNumber, str]], end: int | None, oddities: list[str]
) -> list[tuple[ArticleNumber, str]]:
    """Split the last piece at each missing number that stands run on in its text.

    Args:
        pieces: numbers with their texts so far; the last one is searched.
        end: the number of the article after them, None at the end of the text.
        oddities: what was found is told here, in Chinese.
    """
    missing = pieces[-1][0].main + 1
    while end is not None and missing < end:
        number, text = pieces[-1]
        cut = _run_on_at(text, missing)
        written = format_article(ArticleNumber(missing))
        if cut is None:
            oddities.append(f"来源缺少{written}")
        else:
            pieces[-1] = (number, text[: cut[0]].rstrip())
            pieces.append((ArticleNumber(missing), _lines_of(text[cut[1] :])))
            pieces[-2] = (number, _lines_of(pieces[-2][1]))
            oddities.append(f"{written}在来源中与上一条连排，已分开")
        missing += 1
    return pieces


def _lines_of(text: str) -> str:
    """Run-on paragraphs 款 set apart again: a space after a full stop stood for the line break."""
    return re.sub(r"(?<=[。；：])\s+", "\n", text.strip())


def _run_on_at(text: str, number: int) -> tuple[int, int] | None:
    """Start and end of 第N条 where it opens an article inside a text."""
    pattern = re.compile(rf"{format_article(ArticleNumber(number))}\s*")
    for match in pattern.finditer(text):
        before = text[match.start() - 1] if match.start() else "。"
        after = text[match.end()] if match.end() < len(text) else ""
        if before not in MENTION_BEFORE and after and after not in MENTION_AFTER:
            return match.start(), match.end()
    return None
