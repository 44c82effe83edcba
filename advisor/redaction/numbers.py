"""Numbers that belong to a person: ID, telephone and card numbers, found by their digits."""

import re
from collections.abc import Iterator

from advisor.redaction.digits import ARABIC, CHINESE, CROSS, GAP, DigitRun, digit_run, plain
from advisor.redaction.dissect import Part, dissect
from advisor.redaction.filed import is_filed
from advisor.redaction.model import MaskClass, Span
from advisor.redaction.numbering import MOBILE, is_identity, is_telephone

_ANY = ARABIC + CHINESE
_RUN = re.compile(
    rf"[{ARABIC}](?:{GAP}{{0,6}}[{ARABIC}]){{6,}}(?:{GAP}{{0,2}}[{CROSS}](?![A-Za-z]))?"
)
_CHINESE_RUN = re.compile(rf"[{_ANY}](?:{GAP}{{0,3}}[{_ANY}]){{10,}}[{CROSS}]?")
_HAS_CHINESE = re.compile(rf"[{CHINESE}]")
_EXTENSION = re.compile(
    rf"[ \t]*(?:转|轉|分机号?|分機|ext\.?|[-－—])[ \t]*[{ARABIC}]{{1,5}}(?![{ARABIC}])"
)
_MOBILE_BEGINS = (
    rf"(?:[+＋]?[8８][6６]{GAP}{{0,2}})?"
    rf"[1１][3-9３-９](?:{GAP}{{0,3}}[{ARABIC}]){{9}}(?![{ARABIC}])"
)
_DATE = re.compile(
    rf"(?<![{ARABIC}])(?:19|20|１９|２０)[{ARABIC}]{{2}}"
    r"(?:[-－./．—](?:[0０]?[1-9１-９]|[1１][0-2０-２])[-－./．—](?:[12１２][0-9０-９]|[3３][01０１]|[0０]?[1-9１-９])"
    rf"(?:(?![{ARABIC}])|(?={_MOBILE_BEGINS}))"
    rf"|(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?={_MOBILE_BEGINS}))"
)
_CLOCK = re.compile(rf"(?<=[{ARABIC}][:：/／])[0-5０-５]?[{ARABIC}](?={_MOBILE_BEGINS})")
_NOT_DIGIT = re.compile(f"[^{ARABIC}]")
_MONEY = "元块万亿角％%"
_PRICE = "元块角％%"
_UNIT = "年月日号个户人亩平吨斤公里米度千克立方℃岁次层套条款项户间台辆张份天小分秒周位名件株棵头只"
_PHONE_CUE = re.compile(
    r"(?:电话|手机|座机|固话|热线|联系方式|联系号码|传真|致电|拨打|打给|来电|号码|[Tt][Ee][Ll]|[Ff][Aa][Xx]|小灵通)"
    r"(?:号码?|是|为)?[是为:：.\s（(]*$"
)
_ID_CUE = re.compile(
    r"(?:身份证|证件|身份|居民证|I[Dd]|SFZ|sfz)(?:号码?|证号|上)?(?:是|为)?[是为:：.\s（(]*$"
)
_CARD_CUE = re.compile(
    r"(?:卡号|账号|帐号|账户|帐户|银行卡|存折|一卡通|社保卡|工资卡|储蓄卡|信用卡|打到|汇到|转到)"
    r"(?:号码?|是|为)?[是为:：.\s（(]*$"
)
_HOTLINE = re.compile(
    r"(?:0\d{2,3})?(?:1[012]\d|1[0-2]\d{3}|9[56]\d{3,4}|95\d{6}|[48]00\d{7}|12\d{6})"
)
_SELDOM_CARDS = (17, 18)
_CUE_WINDOW = 14
_DECIMAL, _DECIMALS = 2, 2
"""Groups that a decimal fraction has at least, and digits behind its point at most."""

_SLASHED = re.compile(
    rf"(?<![{ARABIC}/／])1[3-9][{ARABIC}]([/／_~*])[{ARABIC}]{{4}}\1[{ARABIC}]{{4}}(?![{ARABIC}/／])"
)
_SHORT = re.compile(
    rf"(?:短号|集团号|虚拟网号?|小号|内线)(?:码|是|为)?[：:\s]{{0,2}}([{ARABIC}]{{3,6}})(?![{ARABIC}])"
)
"""A number inside a firm's or a village's own net."""

_LOCAL = re.compile(
    rf"(?<![{ARABIC}A-Za-z.．\-－/—])[2-8][{ARABIC}]{{3}}[-－ ]?[{ARABIC}]{{4}}"
    rf"(?![\s\-－]?[{ARABIC}]|[A-Za-z.．\-－/—元块万亿角％%年月日号个户人亩平吨斤公里米度次层套条款项间台辆张份天小分秒周位名件株棵头只])"
)
"""A fixed number of eight digits without its area code."""

_DAY = re.compile(r"(?:19|20)\d\d[-－ ]\d{4}|20[0-3]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_CALLED = re.compile(
    r"(?:打|拨|电话|座机|固话|宅电|联系|家里|单位|办公室?|店里|来电|回电|致电|找[我他她])[^0-9０-９。；;！!？?\n]{0,8}$"
)
_ANSWERED = re.compile(
    r"[，,。、（(\s]{0,2}(?:没人接|无人接|打不通|占线|白天|晚上|随时|是家里|家里的?|宅电|座机|找我|接听)"
)
_NAMED = re.compile(r"[\u4e00-\u9fff]{2,4}[，,：: \u3000（(]{1,2}$")


def find_numbers(text: str) -> Iterator[Span]:
    """ID, telephone and card numbers in any form, with the digits as key."""
    for found in _SLASHED.finditer(text) if any(c in text for c in "/／_~*") else ():
        yield Span(found.start(), found.end(), "电话", plain(_NOT_DIGIT.sub("", found[0])))
    if "号" in text or "内线" in text:
        for found in _SHORT.finditer(text):
            yield Span(found.start(1), found.end(1), "电话", plain(found[1]))
    for found in _RUN.finditer(text):
        yield from _read(text, found.start(), found.end(), torn=13)
    if _HAS_CHINESE.search(text):
        for found in _CHINESE_RUN.finditer(text):
            if _HAS_CHINESE.search(found[0]):
                yield from _read(text, found.start(), found.end(), torn=3)
    yield from _locals(text)


def _locals(text: str) -> Iterator[Span]:
    """Fixed numbers without an area code, where words say so or a name stands before them."""
    for found in _LOCAL.finditer(text):
        digits = plain(found[0])
        before = text[max(0, found.start() - _CUE_WINDOW) : found.start()]
        if _DAY.fullmatch(found[0]) or is_filed(before):
            continue
        if _CALLED.search(before) or _ANSWERED.match(text, found.end()) or _NAMED.search(before):
            yield Span(found.start(), found.end(), "电话", digits)


def _read(text: str, start: int, end: int, torn: float) -> Iterator[Span]:
    """Read one run, leaving out the dates it holds."""
    clock = _CLOCK.match(text, start)
    start = clock.end() if clock else start
    for date in _DATE.finditer(text, start, end):
        if is_filed(text[max(0, date.start() - _CUE_WINDOW) : date.start()]) and date[0].isdigit():
            return
        yield from _read_piece(text, start, date.start(), torn)
        start = date.end()
    yield from _read_piece(text, start, end, torn)


def _read_piece(text: str, start: int, end: int, torn: float) -> Iterator[Span]:
    run = _without_decimals(_without_quantity(text, digit_run(text, start, end), end), text)
    if len(run.digits) < 7:
        return
    before = text[max(0, start - _CUE_WINDOW) : run.places[0]]
    if is_filed(before):
        yield from _behind_filed(text, run)
        return
    parts = _card(run, before) or dissect(run, torn) or _by_cue(run, before)
    is_id = bool(parts) and _ID_CUE.search(before) is not None
    for part in parts:
        told = part._replace(cls="证件号") if is_id and part.cls == "银行卡" else part
        yield _span(text, run, told)


def _behind_filed(text: str, run: DigitRun) -> Iterator[Span]:
    """A telephone number behind a document's, where only a sign parts them: 编号SQ4062.138."""
    heads = [at for at in range(1, len(run.digits)) if run.starts[at]]
    if heads and is_telephone(run.digits[heads[0] :]):
        part = Part(heads[0], len(run.digits), "电话")
        yield _span(text, run, part)


def _without_quantity(text: str, run: DigitRun, end: int) -> DigitRun:
    """Cut a last group that a unit follows: it is an amount or a date, not part of a number."""
    after = text[end : end + 1]
    if not after or not run.digits or after not in _MONEY + _UNIT:
        return run
    if is_telephone(run.digits) or is_identity(run.digits):
        return run
    if run.digits.startswith("62") and len(run.digits) in (16, 19) and after not in _PRICE:
        return run
    cut = max(i for i in range(len(run.digits)) if run.starts[i])
    short = len(run.digits) - cut <= 8
    if after not in _MONEY and not (short and cut) and text[end : end + 2] != "号楼":
        return run
    return DigitRun(run.digits[:cut], run.places[:cut], (*run.starts[:cut], True))


def _card(run: DigitRun, before: str) -> tuple[Part, ...]:
    """A card number of a length few have, in fours or under a word that says it is one."""
    size = len(run.digits)
    fits = size in _SELDOM_CARDS and run.digits.startswith("62")
    told = fits and (_in_fours(run) or _CARD_CUE.search(before) is not None)
    return (Part(0, size, "银行卡"),) if told else ()


def _in_fours(run: DigitRun) -> bool:
    """Whether every fourth digit, and no other, begins a group, the last one on the same line."""
    size = len(run.digits)
    fours = all(run.starts[at] == (at % 4 == 0) for at in range(size))
    last = size - size % 4
    return fours and run.places[last] - run.places[last - 1] == 2


def _without_decimals(run: DigitRun, text: str) -> DigitRun:
    """Cut a last group that is a decimal fraction, and what it is the fraction of: 00660.2."""
    heads = [at for at in range(len(run.digits)) if run.starts[at]]
    if len(heads) < _DECIMAL or len(run.digits) - heads[-1] > _DECIMALS:
        return run
    if text[run.places[heads[-1]] - 1] not in ".．":
        return run
    cut = heads[-2]
    return DigitRun(run.digits[:cut], run.places[:cut], (*run.starts[:cut], True))


def _by_cue(run: DigitRun, before: str) -> tuple[Part, ...]:
    """A number no plan knows, such as one mistyped, under a word that says what it is."""
    size = len(run.digits)
    choices: tuple[tuple[re.Pattern[str], int, int, MaskClass], ...] = (
        (_ID_CUE, 12, 20, "证件号"),
        (_CARD_CUE, 9, 24, "银行卡"),
        (_PHONE_CUE, 7, 16, "电话"),
    )
    for cue, least, most, cls in choices:
        if least <= size <= most and cue.search(before) and not _HOTLINE.fullmatch(run.digits):
            return (Part(0, size, cls),)
    return ()


def _span(text: str, run: DigitRun, part: Part) -> Span:
    start, end = run.places[part.start], run.end(part.stop)
    digits = run.digits[part.start : part.stop]
    if part.cls != "电话":
        return Span(start, end, part.cls, digits)
    if digits[0] == "0" and not MOBILE.fullmatch(digits):
        extension = _EXTENSION.match(text, end)
        end = extension.end() if extension else end
    if start and (text[start - 1] in "+＋" or _opened(text, start, end)):
        start -= 1
    return Span(start, end, "电话", _subscriber(digits))


def _opened(text: str, start: int, end: int) -> bool:
    """Whether the bracket before a number closes inside it: (0573)82012345."""
    return text[start - 1] in "(（" and any(c in ")）" for c in text[start:end])


def _subscriber(digits: str) -> str:
    """The number without the code of the country: the same telephone, however it is dialled."""
    return digits[-11:] if MOBILE.fullmatch(digits) else digits
