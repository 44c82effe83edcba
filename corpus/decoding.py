"""Bytes to clean text: encodings, control characters, and the radicals that PDF files hold."""

import re
import unicodedata

from corpus.errors import UnreadableDocument

_RADICAL_SUPPLEMENT = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母"
    "⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺶羊⺹耂⺺肀⺼肉⺾艹⺿艹"
    "⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦"
    "⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_HOUSEHOLD = "\u2f3e"  # Unicode gives 戶, but mainland fonts share the glyph of 户 with it


def _radical_table() -> dict[int, str]:
    """Map of U+2E80–2FDF to unified ideographs (Unicode ``EquivalentUnifiedIdeograph``)."""
    table = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    pairs = zip(_RADICAL_SUPPLEMENT[::2], _RADICAL_SUPPLEMENT[1::2], strict=True)
    table.update({ord(radical): ideograph for radical, ideograph in pairs})
    table[ord(_HOUSEHOLD)] = "户"
    return table


_RADICALS = _radical_table()
_RADICAL = re.compile("[\u2e80-\u2fdf]")
_LINE_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_ANYTHING_TO_CLEAN = re.compile(
    "|".join((_RADICAL.pattern, _LINE_BREAK.pattern, _INVISIBLE.pattern))
)
_BINARY_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UNLIKELY = re.compile("[\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U0010ffff]")
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CONTROL_SHARE = 0.01
_STRAY_CONTROLS = 4  # a short real text may hold a few
_DAMAGE_SHARE = 0.05  # of the characters beyond ASCII; genuine GB18030 read as UTF-8 is far above


def clean_text(text: str) -> str:
    """Text with line feeds as line ends, real characters for radicals, and nothing invisible.

    Radicals are mapped in U+2E80–2FDF only: full NFKC would turn Chinese punctuation into ASCII.
    """
    if not _ANYTHING_TO_CLEAN.search(text):  # true of almost every file, and one pass is cheaper
        return text
    text = _LINE_BREAK.sub("\n", text)
    text = _INVISIBLE.sub("", text)
    return _RADICAL.sub(lambda found: _RADICALS.get(ord(found[0]), found[0]), text)


def decode_text(raw: bytes) -> str:
    """Decode a text file: UTF-8, UTF-16/32 with a byte order mark, or GB18030.

    Args:
        raw: The whole file.

    Returns:
        Clean text, see :func:`clean_text`; empty for an empty file.

    Raises:
        UnreadableDocument: Binary content, an unknown encoding, or UTF-8 with damaged bytes
            (which GB18030 would accept and turn into other characters).
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _decode_marked(raw[len(mark) :], encoding)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _decode_gb18030(raw, error.start)
    _refuse_binary(text)
    return clean_text(text)


def _decode_marked(raw: bytes, encoding: str) -> str:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            f"文件标明编码为 {encoding.upper()}，但第 {error.start + 1} 字节处已损坏。"
        ) from error
    _refuse_binary(text)
    return clean_text(text)


def _decode_gb18030(raw: bytes, first_damage: int) -> str:
    if _is_damaged_utf8(raw):
        raise UnreadableDocument(
            f"文件是 UTF-8 编码，但第 {first_damage + 1} 字节处已损坏，请重新获取原文件。"
        )
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            "无法识别文件编码（不是 UTF-8、UTF-16 或 GB18030），可能不是文本文件。"
        ) from error
    if len(_UNLIKELY.findall(text)) > len(text) * _CONTROL_SHARE:
        raise UnreadableDocument("无法识别文件编码，请另存为 UTF-8 后再试。")
    return text


def _is_damaged_utf8(raw: bytes) -> bool:
    text = raw.decode("utf-8", errors="replace")
    beyond_ascii = sum(character > "\x7f" for character in text)
    return text.count("\ufffd") <= beyond_ascii * _DAMAGE_SHARE


def _refuse_binary(text: str) -> None:
    controls = len(_BINARY_CONTROLS.findall(text))
    if "\x00" in text or controls > max(_STRAY_CONTROLS, len(text) * _CONTROL_SHARE):
        raise UnreadableDocument("文件内容是二进制，不是文本。")


def storable_name(name: str) -> str:
    """A file name with bytes that are no UTF-8 spelt out, so that store and JSON can hold it."""
    return name.encode("utf-8", "backslashreplace").decode()
