"""Manifests of collections that can be downloaded: where each lies, its licence, what to know."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import yaml
from pydantic import Field, ValidationError

from corpus.errors import PullError
from corpus.model import Record

SHIPPED = Path(__file__).parent / "data" / "sources.yaml"


class Source(Record):
    """One collection 来源.

    ``url`` leads to a zip or tar.gz. ``sha256`` is None for an archive that grows, whose content
    is then protected by HTTPS alone. ``strip_prefix`` is the folder inside that is taken off.
    """

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
    url: str = Field(pattern=r"^https?://[^\s]+$")
    title: str = ""
    format: Literal["zip", "tar.gz"] = "zip"
    sha256: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    strip_prefix: str = ""
    licence: str = ""
    note: str = ""


class Guide(Record):
    """How to get texts by hand from a place that offers no archive."""

    name: str
    title: str
    url: str
    steps: Sequence[str] = Field(min_length=1)


class SourceManifest(Record):
    """Everything one manifest file lists."""

    sources: Sequence[Source] = ()
    guides: Sequence[Guide] = ()


def load_sources(path: Path | None = None) -> SourceManifest:
    """The manifest at ``path`` (YAML or JSON), or the one we ship.

    Raises:
        PullError: It cannot be read, or a field is wrong; the message names file and field.
    """
    path = path or SHIPPED
    try:
        return SourceManifest.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise PullError(f"无法读取来源清单 {path}：{error.strerror}。") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise PullError(f"来源清单 {path} 不是有效的 YAML 或 JSON。") from error
    except ValidationError as error:
        fields = "、".join(".".join(str(part) for part in one["loc"]) for one in error.errors())
        raise PullError(
            f"来源清单 {path} 有误，请检查字段：{fields or '（整体结构）'}。"
        ) from error


def find_source(wanted: str | None = None) -> Source:
    """The source a user means: a name we ship, the path of a manifest, or a URL.

    Args:
        wanted: None stands for the first source we ship. A manifest must list exactly one source,
            or the name follows the path after ``#``.

    Raises:
        PullError: Nothing fits; the message lists the names known.
    """
    if wanted is None:
        return load_sources().sources[0]
    if wanted.startswith(("http://", "https://")):
        return _from_url(wanted)
    file, _, name = wanted.partition("#")
    if file.endswith((".yaml", ".yml", ".json")):
        return _choose(load_sources(Path(file)).sources, name)
    return _choose(load_sources().sources, wanted)


def _choose(sources: Sequence[Source], name: str) -> Source:
    fitting = [one for one in sources if one.name == name] if name else list(sources)
    if len(fitting) == 1:
        return fitting[0]
    known = "、".join(one.name for one in sources) or "（无）"
    raise PullError(f"没有找到唯一的来源“{name}”。可用的来源：{known}。")


def _from_url(url: str) -> Source:
    path = urlsplit(url).path
    stem = Path(path).name.removesuffix(".zip").removesuffix(".tgz").removesuffix(".tar.gz")
    kind: Literal["zip", "tar.gz"] = "tar.gz" if path.endswith((".tar.gz", ".tgz")) else "zip"
    name = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in stem)
    try:
        return Source(name=name.strip("-._")[:64] or "download", url=url, format=kind)
    except ValidationError as error:
        raise PullError(f"下载地址无效：{url}") from error
