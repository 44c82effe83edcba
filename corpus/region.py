"""Places as ladders below the state: 浙江省 → 嘉兴市 → 秀洲区, and which rule holds where."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

import yaml

from corpus.errors import KnowledgeError, UnknownRegion
from corpus.model import Region

REGIONS_FILE = Path(__file__).parent / "data" / "regions.yaml"

_STATE = frozenset({"", "全国", "中国", "国家", "中华人民共和国", "全国范围"})
_NOISE = re.compile(r"[\s·・,，、/\\|>＞\-—－→]+")
_PEOPLES = (
    "维吾尔|壮|回|藏|苗|土家|布依|侗|彝|白|傣|傈僳|景颇|哈尼|蒙古|哈萨克|柯尔克孜|朝鲜|羌|黎|畲|瑶|"
    "仫佬|毛南|满|锡伯|达斡尔|鄂温克|鄂伦春|土|撒拉|东乡|保安|裕固|仡佬|水|佤|拉祜|纳西|独龙|怒|普米|各"
)
_RANKS = "(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|新区|省|市|区|县|盟|旗)$"
_RANK = re.compile(_RANKS)
_SUFFIX = re.compile(rf"(?:(?:{_PEOPLES})族|柯尔克孜|哈萨克|维吾尔|蒙古)*{_RANKS}")
_RUNG = re.compile(
    r"[\u4e00-\u9fff]{1,12}?(?:街道|社区|开发区|高新区|示范区|新区|园区|镇|乡|村|苏木)"
)
_LOWER = re.compile(f"(?:{_RUNG.pattern})+")


class RegionTable:
    """The places known, by full name and by short name (嘉兴 for 嘉兴市).

    Args:
        tree: province → prefecture city → counties; a municipality may list its districts directly.
    """

    def __init__(self, tree: Mapping[str, object]) -> None:
        self._by_name: dict[str, list[Region]] = {}
        self._ladders: list[Region] = []
        self._grow((), tree)
        for ladder in self._ladders:
            for name in {ladder[-1], short_name(ladder[-1])}:
                self._by_name.setdefault(name, []).append(ladder)
        for ladders in self._by_name.values():
            ladders.sort(key=len)
        self._longest = max(map(len, self._by_name), default=0)

    def _grow(self, ladder: Region, below: object) -> None:
        children: Iterable[tuple[object, object]]
        if isinstance(below, Mapping):
            children = below.items()
        elif isinstance(below, list):
            children = ((name, None) for name in below)
        elif below is None:
            return
        else:
            raise KnowledgeError(f"regions.yaml：“{'/'.join(ladder)}”之下应为地名列表或映射。")
        for name, deeper in children:
            if not isinstance(name, str) or not name:
                raise KnowledgeError(f"regions.yaml：“{'/'.join(ladder)}”之下有不是地名的内容。")
            # A municipality may be written with a middle rung that is no place of its own.
            same = name in ladder or name in {"市辖区", "县"}
            rung = ladder if same else (*ladder, name)
            if not same:
                self._ladders.append(rung)
            self._grow(rung, deeper)

    @property
    def ladders(self) -> tuple[Region, ...]:
        """Every place known, in the order of the table."""
        return tuple(self._ladders)

    def parse(self, text: str) -> Region:
        """Ladder of the place named; 全国 and the empty string are ``()``.

        A town, village or community after the last known rung is kept as rungs of its own.

        Raises:
            UnknownRegion: no place, or several, of that name.
        """
        rest = _NOISE.sub("", text)
        if rest in _STATE:
            return ()
        for prefix in ("中华人民共和国", "中国"):
            rest = rest.removeprefix(prefix)
        ladder: Region = ()
        while rest:
            step = self._step(rest, ladder, text)
            if step is None:
                break
            ladder, rest = step
        if rest and not (len(ladder) >= 2 and _LOWER.fullmatch(rest)):
            raise UnknownRegion(text, self.nearest(text))
        return ladder + tuple(_RUNG.findall(rest))

    def _step(self, rest: str, above: Region, text: str) -> tuple[Region, str] | None:
        """The longest name at the start of ``rest`` of a place strictly below ``above``."""
        for length in range(min(self._longest, len(rest)), 1, -1):
            found = [
                ladder
                for ladder in self._by_name.get(rest[:length], ())
                if len(ladder) > len(above) and ladder[: len(above)] == above
            ]
            if not found:
                continue
            first = found[0]
            if len(first) > 1 and any(not covers(first, ladder) for ladder in found):
                raise UnknownRegion(text, [format_region(ladder) for ladder in found[:3]])
            return first, rest[length:]
        return None

    def nearest(self, text: str) -> tuple[str, ...]:
        """Up to three full names of places written most like ``text``, best first."""
        compact = _NOISE.sub("", text)
        names = get_close_matches(compact, self._by_name, n=3, cutoff=0.5)
        if not names:
            full = {format_region(ladder): ladder[-1] for ladder in self._ladders}
            return tuple(get_close_matches(compact, full, n=3, cutoff=0.5))
        return tuple(dict.fromkeys(format_region(self._by_name[name][0]) for name in names))

    def at_head(self, title: str, within: Region = ()) -> Region | None:
        """The place whose name begins a title: 宁波市养犬管理条例 with 浙江省 is 浙江省宁波市.

        Short names (绍兴黄酒…) count only below a province that is already known, because many
        are ordinary words elsewhere.
        """
        ladder: Region = ()
        rest = title
        for length in range(min(self._longest, len(rest)), 1, -1):
            for found in self._by_name.get(rest[:length], ()):
                full = found[-1] == rest[:length] or len(found) == 1
                if found[: len(within)] == within and (full or within):
                    ladder, rest = found, rest[length:]
                    break
            if ladder:
                break
        if not ladder:
            return None
        with suppress(UnknownRegion):  # a name two places share tells no more
            while (step := self._step(rest, ladder, title)) and rest.startswith(step[0][-1]):
                ladder, rest = step
        return ladder


def short_name(name: str) -> str:
    """The name without its rank: 嘉兴市 is 嘉兴, 景宁畲族自治县 is 景宁, 沙县 stays."""
    for pattern in (_SUFFIX, _RANK):
        short = pattern.sub("", name)
        if len(short) >= 2:
            return short
    return name


def read_table(path: Path) -> RegionTable:
    """The table of regions in a YAML file.

    Raises:
        KnowledgeError: the file is missing or has another shape.
    """
    try:
        tree = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise KnowledgeError(f"地区表{path.name}无法读取：{error}") from error
    if not isinstance(tree, Mapping):
        raise KnowledgeError(f"地区表{path.name}应为“省 → 市 → [区县]”的映射。")
    return RegionTable(tree)


@lru_cache(maxsize=1)
def shipped_table() -> RegionTable:
    """The table of regions the project ships."""
    return read_table(REGIONS_FILE)


@lru_cache(maxsize=4096)
def parse_region(text: str) -> Region:
    """Ladder of the place named: 秀洲区 is ("浙江省", "嘉兴市", "秀洲区"), 全国 is ().

    Raises:
        UnknownRegion: no place, or several, of that name; carries the nearest names.
    """
    return shipped_table().parse(text)


def covers(rule: Region, place: Region) -> bool:
    """Whether a rule of one region holds in a place: its ladder is a prefix of the place's."""
    return place[: len(rule)] == rule


def format_region(region: Region) -> str:
    """The ladder as one name: 浙江省嘉兴市秀洲区; the state itself is 全国."""
    return "".join(region) or "全国"
