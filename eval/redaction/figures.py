"""Numbers of the benchmark as people type them: grouped, full-width, in Chinese, broken."""

from collections.abc import Callable
from random import Random

from eval.redaction.lists import word_list

_REGIONS = word_list("figures.regions")
_MOBILE = word_list("figures.mobile")
_BANKS = word_list("figures.banks")
_AREAS = word_list("figures.areas")
_PLATE_HEADS = word_list("figures.plate_heads")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_MAILS = word_list("figures.mails")
_WORDS = word_list("figures.words")
_CHINESE = "零一二三四五六七八九"


def digits(rng: Random, count: int) -> str:
    """So many random digits."""
    return "".join(rng.choice("0123456789") for _ in range(count))


def identity(rng: Random) -> str:
    """An ID number of 18 digits, one in eight of 15; one check digit in five is right."""
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
