"""Numbers of the benchmark as people type them: with gaps, full-width, in Chinese, broken by a line."""

from collections.abc import Callable
from random import Random

_REGIONS = "330402 330411 330421 330481 330482 330483 310104 320508 340103 410105 420106 510104 110101".split()
_MOBILE = "130 131 133 135 136 137 138 139 147 150 151 152 156 157 158 159 166 173 176 177 178 180 181 183 186 187 188 189 191 198 199".split()
_BANKS = "621226 622202 622848 621700 623058 621661 955880 436742 518710 628288".split()
_AREAS = "0573 0571 0574 0575 021 010 0512 0731".split()
_PLATE_HEADS = "浙F 浙A 浙B 沪C 苏E 皖A 豫R 赣E 川A 鲁B".split()
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_MAILS = "163.com qq.com 126.com gmail.com sina.com.cn 139.com outlook.com jx-example.cn".split()
_WORDS = "lihua xiaoyu happy sunny river dahai tingting jxlaowang moon apple wind hello".split()
_CHINESE = "零一二三四五六七八九"


def digits(rng: Random, count: int) -> str:
    """So many random digits."""
    return "".join(rng.choice("0123456789") for _ in range(count))


def identity(rng: Random) -> str:
    """An ID number of 18 digits, or one in eight of 15; the check digit is right one time in five."""
    born = f"{rng.randint(1935, 2020)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    if rng.random() < 0.12:
        return rng.choice(_REGIONS) + born[2:] + digits(rng, 3)
    body = rng.choice(_REGIONS) + born + digits(rng, 3)
    if rng.random() < 0.2:
        weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        total = sum(w * int(c) for w, c in zip(weights, body, strict=True))
        return body + "10X98765432"[total % 11]
    return body + rng.choice("0123456789Xx")


def mobile(rng: Random) -> str:
    """A mobile number of eleven digits."""
    return rng.choice(_MOBILE) + digits(rng, 8)


def landline(rng: Random) -> str:
    """A fixed number with its area code, in one of the usual ways of writing."""
    area = rng.choice(_AREAS)
    local = rng.choice("2345678") + digits(rng, 7 if len(area) == 3 or rng.random() < 0.8 else 6)
    form = rng.choice(("{a}-{n}", "({a}){n}", "（{a}）{n}", "{a} {n}", "{a}{n}", "{a}－{n}"))
    extension = rng.choice(("", "", "", "转801", "-802", "转 6"))
    return form.format(a=area, n=local) + extension


def card(rng: Random) -> str:
    """A bank card of 16 or 19 digits."""
    return rng.choice(_BANKS) + digits(rng, rng.choice((10, 13)))


def plate(rng: Random) -> str:
    """A number plate, one in three of a new-energy car."""
    head = rng.choice(_PLATE_HEADS)
    if rng.random() < 0.33:
        tail = rng.choice("DF") + rng.choice(_LETTERS + "0123456789") + digits(rng, 4)
    else:
        tail = "".join(rng.sample([*digits(rng, 4), rng.choice(_LETTERS + "0123456789")], 5))
    form = rng.choice(("{h}{t}", "{h}·{t}", "{h} {t}", "{h}-{t}", "{h}.{t}"))
    written = form.format(h=head, t=tail)
    return rng.choice((str, str, str, str.lower, full_width))(written)


def email(rng: Random) -> str:
    """An e-mail address."""
    name = rng.choice(_WORDS) + rng.choice(("", "_", ".")) + digits(rng, rng.randint(1, 4))
    return name + rng.choice(("@", "@", "@", "＠", " @ ")) + rng.choice(_MAILS)


def wechat(rng: Random) -> str:
    """A WeChat account."""
    return rng.choice(_WORDS) + rng.choice(("", "_", "-")) + digits(rng, rng.randint(2, 5))


def qq(rng: Random) -> str:
    """A QQ account."""
    return rng.choice("123456789") + digits(rng, rng.randint(6, 9))


def full_width(number: str) -> str:
    """Half-width digits and letters in full width."""
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in number)


def in_chinese(number: str) -> str:
    """Digits as characters."""
    return "".join(_CHINESE[int(c)] if c.isdigit() else c for c in number)


def typed(rng: Random, number: str, groups: tuple[int, ...]) -> str:
    """A number as somebody types it: plain, grouped, full-width, or broken by a line's end."""
    return rng.choice(_WAYS)(rng, number, groups)


def _grouped(rng: Random, number: str, groups: tuple[int, ...]) -> str:
    pieces, at = [], 0
    for size in groups:
        pieces.append(number[at : at + size])
        at += size
    pieces.append(number[at:])
    return rng.choice((" ", "-", " ", "－", "\u3000")).join(filter(None, pieces))


def _broken(rng: Random, number: str, groups: tuple[int, ...]) -> str:
    at = rng.randint(2, len(number) - 2)
    return number[:at] + rng.choice(("\n", "\r\n", "\n  ")) + number[at:]


def _plain(rng: Random, number: str, groups: tuple[int, ...]) -> str:
    return number


def _wide(rng: Random, number: str, groups: tuple[int, ...]) -> str:
    return full_width(number)


def _wide_grouped(rng: Random, number: str, groups: tuple[int, ...]) -> str:
    return full_width(_grouped(rng, number, groups))


_Way = Callable[[Random, str, tuple[int, ...]], str]
_WAYS: tuple[_Way, ...] = (
    _plain,
    _plain,
    _plain,
    _grouped,
    _grouped,
    _broken,
    _wide,
    _wide_grouped,
)
