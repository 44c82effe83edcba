"""Places and addresses of the benchmark: the place is public, what lies below it is not."""

from random import Random

from eval.redaction.lists import word_list

_TOWNS = word_list("places.towns")
_VILLAGES = word_list("places.villages")
_ESTATES = word_list("places.estates")
_STREETS = word_list("places.streets")
_OFFICES = word_list("places.offices")
_SMALL = "一二三四五六七八九十"
_LETTERS = "ABCD"


def place(rng: Random) -> str:
    """A town, a village, an estate, a street, or town and village together."""
    town, village = rng.choice(_TOWNS), rng.choice(_VILLAGES)
    return rng.choice((town, village, town + village, rng.choice(_ESTATES), rng.choice(_STREETS)))


def office(rng: Random) -> str:
    """An office, a school or a company."""
    return rng.choice(_OFFICES)


def address(rng: Random) -> tuple[str, str]:
    """The public place, and the private part below it."""
    draw = rng.random()
    town = rng.choice((rng.choice(_TOWNS), ""))
    if draw < 0.35:
        return town + rng.choice(_VILLAGES), _in_village(rng)
    if draw < 0.75:
        return rng.choice(_ESTATES), _in_estate(rng)
    return town + rng.choice(_STREETS), _in_street(rng)


def _number(rng: Random, most: int) -> str:
    number = str(rng.randint(1, most))
    if rng.random() < 0.1:
        return "".join(chr(ord(c) + 0xFEE0) for c in number)
    return number


def _in_village(rng: Random) -> str:
    group, house = _number(rng, 30), _number(rng, 199)
    small = rng.choice(_SMALL)
    return rng.choice(
        (
            f"{group}组{house}号",
            f"{group}组",
            f"{house}号",
            f"第{group}组",
            f"{small}组",
            f"{small}组{house}号",
            f"第{small}村民小组{house}号",
            f"{group}组 {house}号",
            f"{house}-{rng.randint(1, 9)}号",
        )
    )


def _in_estate(rng: Random) -> str:
    block, unit = _number(rng, 60), rng.randint(1, 4)
    room = f"{rng.randint(1, 28)}0{rng.randint(1, 4)}"
    return rng.choice(
        (
            f"{block}幢{unit}单元{room}室",
            f"{block}栋{room}",
            f"{block}幢{room}室",
            f"{block}号楼{unit}单元{room}",
            f"{block}-{unit}-{room}",
            f"{block}幢 {unit}单元 {room}室",
            f"{block}#{room}",
            f"{block}号楼{room}室",
            f"{rng.choice(_LETTERS)}座{room}室",
            f"{block}幢{rng.choice('一二三四')}单元{room}",
            f"{block}栋",
            f"{block}幢{unit}单元{rng.randint(1, 18)}楼",
        )
    )


def _in_street(rng: Random) -> str:
    house, room = _number(rng, 1999), f"{rng.randint(1, 9)}0{rng.randint(1, 8)}"
    return rng.choice(
        (
            f"{house}号",
            f"{house}号{room}室",
            f"{rng.randint(10, 400)}弄{rng.randint(1, 60)}号{room}室",
            f"{house}-{rng.randint(1, 9)}号",
            f"{house} 号",
            f"{house}号{rng.randint(1, 9)}幢{room}室",
            f"{house}号附{rng.randint(1, 9)}号",
        )
    )
