"""One decoded file to what it holds: a statute, a document, a case, or the reason for nothing."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from corpus.case_parser import looks_like_case, parse_case
from corpus.flags import Flag
from corpus.heading import beginning_in_text, name_date
from corpus.model import Article, Document, Level, Region, Statute, TextKind
from corpus.placing import placed
from corpus.statute_parser import INFO_END, ParsedText, parse_text
from corpus.store_rows import Contents, DocumentKind, Outcome

_CASES = "案例"
_FRONT_MATTER = "---"
_SHOWN_NOTES = 6
_NOTHING = Contents()


@dataclass(frozen=True, slots=True)
class Overrides:
    """Rank and region the user gave for dropped files; None leaves them to title and folder.

    ``home`` is where a covenant holds whose village our table of places does not know: it is that
    of the office that keeps it, never of the whole country.
    """

    level: Level | None = None
    region: Region | None = None
    home: Region = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one file."""

    outcome: Outcome
    contents: Contents = _NOTHING
    reason: str = ""
    notes: str = ""


def read_text(
    text: str, name: str, sha256: str, *, flag: Flag | None, overrides: Overrides
) -> Reading:
    """Read one text.

    Args:
        text: the decoded text.
        name: the file's path inside its collection.
        sha256: of the file's bytes; with the name it makes the ids.
        flag: what the collection's own database says of the file.
        overrides: what the user said of it.
    """
    stem = PurePosixPath(name).stem
    if stem == "_index" or _is_index(text):
        return Reading("index", reason="目录页，没有法规正文")
    if not _substance(text):
        return Reading("skipped", reason="正文为空")
    key = hashlib.blake2b(f"{sha256}\n{name}".encode(), digest_size=8).hexdigest()
    if _CASES in PurePosixPath(name).parts[:-1] or looks_like_case(text):
        case = parse_case(text, case_id=f"case_{key}", stem=stem)
        return Reading("case", Contents(cases=(case,)))
    parsed = parse_text(text, stem)
    level, region = placed(name, parsed.head.title, parsed.head.making)
    level = overrides.level or level
    region = region if overrides.region is None else overrides.region
    if level is Level.VILLAGE_COVENANT:
        region = region or overrides.home
    if not parsed.articles:
        document = _document(parsed, key, name, level, region)
        return Reading("document", Contents(documents=(("document", document),)))
    return _statute(parsed, key, name, (level or Level.NORMATIVE_DOCUMENT, region), flag)


def _is_index(text: str) -> bool:
    """Whether the file is only the front matter of a folder page."""
    stripped = text.strip()
    return (
        stripped.startswith(_FRONT_MATTER)
        and stripped.endswith(_FRONT_MATTER)
        and stripped.count("\n") < 12
    )


def _substance(text: str) -> bool:
    """Whether anything stands below the head."""
    body = text.partition(INFO_END)[2] if INFO_END in text else text
    return bool(body.strip(" \t\r\n\u3000\u200b\ufeff"))


def _document(
    parsed: ParsedText, key: str, name: str, level: Level | None, region: Region
) -> Document:
    head = parsed.head
    body = "\n".join(part for part in (parsed.front, parsed.appendix) if part)
    return Document(f"doc_{key}", head.title, body, level, region, head.version, name)


def _statute(
    parsed: ParsedText, key: str, name: str, place: tuple[Level, Region], flag: Flag | None
) -> Reading:
    head = parsed.head
    named = name_date(PurePosixPath(name).stem)
    if named is not None and head.version != named:
        # The flag was keyed to the day in the file's name, which is that of an older wording.
        flag = None
    statute = Statute(
        id=f"law_{key}",
        title=head.title,
        level=place[0],
        region=place[1],
        text_kind=TextKind.VERBATIM,
        part=head.part,
        adopted_on=head.adopted_on,
        version=head.version,
        effective_from=effective_date(parsed, flag),
        expired=flag.expired if flag else False,
        file=name,
    )
    articles = tuple(Article(statute.id, a.number, a.text, a.path) for a in parsed.articles)
    around = _around(parsed, statute)
    contents = Contents(statute, articles, _hash(parsed), around)
    oddities = list(parsed.oddities)
    if named is not None and head.version != named:
        oddities.append(f"文件名日期{named}早于文头所载日期{head.version}，以文头为准")
    return Reading("statute", contents, notes=_notes(oddities))


def effective_date(parsed: ParsedText, flag: Flag | None) -> date | None:
    """The day this version takes effect.

    In order: the collection's own date, the 施行 line of the head, the closing article; each only
    if it is after the version itself, because an amended text still repeats the day on which the
    first version began, and the collection writes the version's day where it knows no other.
    Else the version's own date.
    """
    version = parsed.head.version
    candidates = (
        flag.valid_from if flag else None,
        parsed.head.begins,
        _closing_date(parsed),
    )
    known = [day for day in candidates if day is not None]
    if version is None:
        return known[0] if known else parsed.head.adopted_on
    return next((day for day in known if day > version), version)


def _closing_date(parsed: ParsedText) -> date | None:
    for article in reversed(parsed.articles[-4:]):
        day = beginning_in_text(article.text)
        if day is not None:
            return day
    return None


def _around(parsed: ParsedText, statute: Statute) -> tuple[tuple[DocumentKind, Document], ...]:
    """What stands before the first article and after the last, kept beside the statute."""
    pieces: list[tuple[DocumentKind, str, str]] = [
        ("front", "前文", parsed.front),
        ("appendix", "附件", parsed.appendix),
    ]
    return tuple(
        (
            kind,
            Document(
                f"{statute.id}_{kind}",
                f"{statute.title}（{label}）",
                text,
                statute.level,
                statute.region,
                statute.version,
                statute.file,
            ),
        )
        for kind, label, text in pieces
        if text
    )


def _hash(parsed: ParsedText) -> str:
    digest = hashlib.sha256()
    for article in parsed.articles:
        digest.update(f"{article.number}{''.join(article.text.split())}\n".encode())
    return digest.hexdigest()


def _notes(oddities: Sequence[str]) -> str:
    shown = "；".join(oddities[:_SHOWN_NOTES])
    more = len(oddities) - _SHOWN_NOTES
    return f"{shown}；另有{more}处同类情况" if more > 0 else shown
