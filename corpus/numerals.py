"""Numbers as Chinese law writes them: 一百二十, 两百, 〇, １２０, 第一百二十条之一."""

import re
from functools import lru_cache

from corpus.errors import NumberError
from corpus.model import ArticleNumber

DIGITS = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    **{c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    **{c: i for i, c in enumerate("０１２３４５６７８９")},
    **{c: i for i, c in enumerate("0123456789")},
    **{"○": 0, "Ｏ": 0, "两": 2, "兩": 2, "貳": 2, "參": 3, "陸": 6},
}
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
TENS = {"廿": 20, "卅": 30}
_MYRIAD = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_NAMES = "零一二三四五六七八九"

NUMBER_CHARS = "".join((*DIGITS, *UNITS, *TENS))
"""Every character that may stand in the number of an article; for use in a character class."""

_ARTICLE = re.compile(
    rf"\s*第?\s*([{NUMBER_CHARS}]+)\s*条?(?:\s*[之\-－—]\s*([{NUMBER_CHARS}]+))?\s*"
)
_MAX_ARTICLE = 9999


@lru_cache(maxsize=16_384)
def parse_number(text: str) -> int:
    """Value of a whole number in Chinese, Arabic or full-width digits.

    Positional writing (二〇二三), counted writing (两千零二十三) and the colloquial
    dropped unit (两百五 is 250) are read; 十 alone is 10.

    Raises:
        NumberError: the text is empty or not one whole number.
    """
    compact = "".join(text.split()).replace(",", "").replace("，", "")
    if not compact:
        raise NumberError("数字为空。")
    if all(c in DIGITS for c in compact):
        return int("".join(str(DIGITS[c]) for c in compact))
    total = 0
    rest = compact
    for sign in "亿億万萬":
        head, found, tail = rest.partition(sign)
        if found:
            total += _section(head, text) * _MYRIAD[sign]
            rest = tail
    return total + (_section(rest, text) if rest else 0)


def _section(text: str, whole: str) -> int:
    """Value of one group below 万."""
    if text and all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    total, digit, last_unit, after_zero = 0, -1, 10_000, False
    for c in text:
        if c in DIGITS:
            if digit > 0:
                raise NumberError(f"“{whole}”不是一个数字。")
            digit = DIGITS[c]
            after_zero = after_zero or digit == 0
        elif c in TENS and last_unit > 10 and digit <= 0:
            total, digit, last_unit = total + TENS[c], -1, 10
        elif c in UNITS and UNITS[c] < last_unit and (digit != 0 or UNITS[c] == 10):
            last_unit = UNITS[c]
            total += (digit if digit > 0 else 1) * last_unit
            digit, after_zero = -1, False
        else:
            raise NumberError(f"“{whole}”不是一个数字。")
    if not text:
        raise NumberError(f"“{whole}”不是一个数字。")
    dropped = last_unit // 10 if 100 <= last_unit <= 1000 and not after_zero else 1
    return total + max(digit, 0) * dropped


def to_chinese(number: int) -> str:
    """The number as statutes write it: 120 is 一百二十, 10 is 十, 1001 is 一千零一.

    Raises:
        NumberError: the number is outside 0 to 99,999,999.
    """
    if not 0 <= number < 100_000_000:
        raise NumberError(f"数字{number}超出可表示的范围。")
    if number == 0:
        return "零"
    high, low = divmod(number, 10_000)
    text = f"{to_chinese(high)}万" if high else ""
    if not low:
        return text
    if high and low < 1000:
        text += "零"
    text += _group(low)
    return text[1:] if text.startswith("一十") else text


def _group(number: int) -> str:
    """The number below 10,000, every digit with its unit."""
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if gap and text else "") + _NAMES[digit] + name
            gap = False
        else:
            gap = True
    return text


@lru_cache(maxsize=16_384)
def parse_article(text: str) -> ArticleNumber:
    """Number of an article however it is written: 第一百二十条之一, 120条之一, 第１２０条, 120-1.

    Raises:
        NumberError: the text is not exactly one article number from 1 to 9,999.
    """
    match = _ARTICLE.fullmatch(text)
    if match is None:
        raise NumberError(f"“{text}”不是条文序号，应写作“第一百二十条”或“120”。")
    main = parse_number(match[1])
    sub = parse_number(match[2]) if match[2] else 0
    if not 1 <= main <= _MAX_ARTICLE:
        raise NumberError(f"条文序号“{text}”超出范围。")
    return ArticleNumber(main, sub)


@lru_cache(maxsize=16_384)
def format_article(number: ArticleNumber) -> str:
    """The number as statutes write it: 第一百二十条之一."""
    head = f"第{to_chinese(number.main)}条"
    return f"{head}之{to_chinese(number.sub)}" if number.sub else head
