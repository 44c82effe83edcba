"""The words by which a place shows in a text, read from ``corpus/data/places.yaml``."""

import re
from collections.abc import Mapping, Sequence
from typing import cast

import yaml

from corpus.knowledge import DATA


def _read() -> Mapping[str, object]:
    text = (DATA / "places.yaml").read_text(encoding="utf-8")
    return cast(Mapping[str, object], yaml.load(text, Loader=yaml.CSafeLoader))


_WORDS = _read()


def _listed(name: str) -> Sequence[str]:
    return cast(Sequence[str], _WORDS[name])


ENDINGS = {
    kind: "|".join(endings)
    for kind, endings in cast(Mapping[str, Sequence[str]], _WORDS["endings"]).items()
}
"""By kind the endings of names as one pattern, a longer one before one that begins it."""
STOPS = frozenset(_listed("stops"))
"""Words at which a name cannot go on to the left."""
KEPT = frozenset(_listed("kept"))
"""Words that bear such a single character and stand in names all the same: 现代城."""
GENERIC = re.compile(f"(?:{'|'.join(_listed('generic'))})*")
"""Beginnings that make no name: 老旧小区, 本小区, 建筑公司."""
NO_ROAD = re.compile(f"(?:{'|'.join(_listed('no_road'))})$")
"""What ends like a road and is none."""
ROADS = re.compile("|".join(_listed("roads")))
"""Names of roads that are ordinary words elsewhere."""

AREA_END = re.compile(r"[省市区县](?![场民政值级委域长里间别块内划])")
CODED_AREA = re.compile(r"[A-Z]\d{0,2}[市区县]")
"""A rung of an address above the town in anonymised ledgers: a letter and a number."""
AFTER_NAME = re.compile(
    r"(?=小区|业主|楼盘|业委会|开发商|[一二三四五六七八九十\dA-Z]{1,3}(?:期|[栋幢座]|号楼|区\d)|"
    r"精装|捆绑|捂盘|配套幼儿园|售楼部)"
)
"""What follows the name of an estate that has no ending of its own: 兰亭湾G2栋."""
TAIL = re.compile(
    r"(?:(?:第?[一二三四五六七八九十\d]{1,2}|[A-G])期|[东南西北]区|[一二三四五六七八九十\dA-Z]{1,4}[栋幢座]|"
    r"小区|社区|楼盘|项目部?|工地)+$"
)
"""What is cut from the end of an estate's name to make its key."""
