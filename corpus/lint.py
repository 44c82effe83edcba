"""What is wrong in our knowledge and in the texts at hand: 知识与语料的自查."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.finding import Finding, Severity, grave
from corpus.knowledge import Knowledge
from corpus.library import Library
from corpus.lint_records import record_findings
from corpus.lint_texts import text_findings
from corpus.model import ArticleRef, Status, TextKind
from corpus.numerals import parse_article

__all__ = ["Finding", "GistVersion", "gist_versions", "grave", "lint"]

_HOLDING = frozenset({Status.IN_FORCE, Status.REVISED_SINCE})
_MAX_GIST = 120  # characters; a longer one is no summary


def lint(library: Library, *, on: date) -> tuple[Finding, ...]:
    """Check knowledge and store against each other as of a date; empty when all is well."""
    knowledge = library.knowledge
    findings = [
        *record_findings(knowledge),
        *_gists(library),
        *_outdated(library, on),
        *text_findings(library),
        *_names(library),
        *_tables(library),
        *_files(library),
    ]
    for where, refs in _guides(knowledge):
        findings.extend(_guide_references(library, where, refs, on))
    for duty in knowledge.duties:
        for ref in duty.basis:
            findings.extend(_reference(library, f"权责{duty.id}", ref, on))
    for telling in knowledge.tellings:
        for ref, _ in telling.articles():
            findings.extend(_past_reference(library, f"诉求样例{telling.id}", ref))
    for case in knowledge.cases:
        for ref in case.articles:
            findings.extend(_past_reference(library, f"案例{case.id}", ref))
    return tuple(dict.fromkeys(findings))


def _guides(knowledge: Knowledge) -> Iterator[tuple[str, Sequence[ArticleRef]]]:
    """Every playbook, and the general guide, with what they cite."""
    for book in knowledge.playbooks:
        refs = (*book.articles, *(ref for step in book.steps for ref in step.basis))
        yield f"处置指引{book.id}", refs
    if (guide := knowledge.general) is not None:
        refs = (*guide.articles, *(ref for step in guide.steps for ref in step.basis))
        yield "通用指引", refs


def _guide_references(
    library: Library, where: str, refs: Sequence[ArticleRef], on: date
) -> Iterator[Finding]:
    """What is shown as law must hold; an ended law beside its successor is for earlier facts."""
    laws = {ref.law for ref in refs}
    for ref in refs:
        ended = library.successor(ref.law)
        if ended and laws & set(ended.successors):
            yield from _past_reference(library, where, ref)
        else:
            yield from _reference(library, where, ref, on)


def _reference(library: Library, where: str, ref: ArticleRef, on: date) -> Iterator[Finding]:
    label = f"《{ref.law}》{ref.article}"
    title = library.resolve(ref.law) or ref.law
    if not library.versions(title):
        yield _not_held(library, where, ref.law)
        return
    view = library.article(title, parse_article(ref.article), on=on)
    if view is None:
        severity: Severity = "note" if _only_gists(library, title) else "error"
        yield Finding(severity, where, f"引用的{label}：库内没有这一条")
        return
    validity = library.validity(view.statute, on)
    if validity.status is Status.REVISED_SINCE:
        yield Finding("warning", where, f"引用的{label}：{validity.note}")
    elif validity.status is not Status.IN_FORCE:
        yield Finding("error", where, f"引用的{label}在{on}无效：{validity.note}")


def _past_reference(library: Library, where: str, ref: ArticleRef) -> Iterator[Finding]:
    """A reference for the facts of another day: the article must exist, not hold."""
    title = library.resolve(ref.law) or ref.law
    versions = library.versions(title)
    if not versions:
        yield _not_held(library, where, ref.law)
        return
    number = parse_article(ref.article)
    if _only_gists(library, title) or any(library.article_in(one, number) for one in versions):
        return
    yield Finding("error", where, f"引用的《{ref.law}》{ref.article}：库内没有这一条")


def _not_held(library: Library, where: str, law: str) -> Finding:
    """Grave only where a collection is at hand that should hold the rule."""
    if _has_collection(library):
        return Finding("warning", where, f"引用的《{law}》不在已入库的文本之中，无法核对")
    return Finding("note", where, f"引用的《{law}》尚无文本，加入法规库后才能核对")


def _has_collection(library: Library) -> bool:
    return any(one.text_kind is TextKind.VERBATIM for one in library.statutes())


def _only_gists(library: Library, title: str) -> bool:
    return all(one.text_kind is TextKind.GIST for one in library.versions(title))


def _gists(library: Library) -> Iterator[Finding]:
    for statute in library.knowledge.statutes:
        texts = [
            one for one in library.versions(statute.title) if one.text_kind is TextKind.VERBATIM
        ]
        for gist in statute.articles:
            where = f"要旨《{statute.title}》{gist.article}"
            if len(gist.gist) > _MAX_GIST:
                yield Finding("error", where, f"要旨{len(gist.gist)}字，超过{_MAX_GIST}字")
            number = parse_article(gist.article)
            newer = all((one.version or date.min) < statute.version for one in texts)
            if not newer and not any(library.article_in(one, number) for one in texts):
                yield Finding("error", where, "库内的法规文本没有这一条")
    for unused in library.shelf.unused:
        message = f"要旨所依据的{unused.version}版本已被库内更新的文本取代，须重写"
        yield Finding("error", f"要旨《{unused.title}》", message)


@dataclass(frozen=True, slots=True)
class GistVersion:
    """The version a statute's gists speak of, the one in force on a day, and what is known of it.

    ``in_force`` is None where no version at hand holds on that day.
    """

    law: str
    gists_of: date
    in_force: date | None
    status: Status | None


def gist_versions(library: Library, on: date) -> tuple[GistVersion, ...]:
    """Which version of each statute our gists speak of, and which is in force."""
    found: list[GistVersion] = []
    for statute in library.knowledge.statutes:
        held = library.versions(library.resolve(statute.title) or statute.title)
        statuses = {one.version: library.validity(one, on).status for one in held}
        holding = [day for day, status in statuses.items() if day and status in _HOLDING]
        found.append(
            GistVersion(
                statute.title,
                statute.version,
                max(holding, default=None),
                statuses.get(statute.version),
            )
        )
    return tuple(found)


def _outdated(library: Library, on: date) -> Iterator[Finding]:
    """A statute of which a newer version holds, while gists speak of the older one only."""
    told = gist_versions(library, on)
    newest: dict[str, date] = {}
    for one in told:
        newest[one.law] = max(one.gists_of, newest.get(one.law, one.gists_of))
    for one in told:
        if one.in_force and newest[one.law] == one.gists_of and one.in_force > one.gists_of:
            message = (
                f"要旨写的是{one.gists_of}的版本，{on}施行的是{one.in_force}的版本，须核对重写"
            )
            yield Finding("warning", f"要旨《{one.law}》", message)


def _names(library: Library) -> Iterator[Finding]:
    for short, full in library.knowledge.aliases.items():
        if not library.versions(full):
            yield Finding("note", f"简称{short}", f"所指的《{full}》尚无文本")


def _tables(library: Library) -> Iterator[Finding]:
    knowledge = library.knowledge
    for succession in knowledge.successions:
        for name in succession.successors:
            if not library.versions(library.resolve(name) or name):
                message = f"替代它的《{name}》尚无文本"
                yield Finding("note", f"废止对照《{succession.old}》", message)
    for revision in knowledge.revisions:
        if revision.in_force_from < revision.revised_on:
            yield Finding("error", f"修订记录《{revision.law}》", "施行日期早于修订日期")


def _files(library: Library) -> Iterator[Finding]:
    records = library.store.files() if library.store is not None else ()
    for record in records:
        if record.notes:
            yield Finding("note", f"文件{record.name}", record.notes)
        if record.outcome == "skipped":
            yield Finding("warning", f"文件{record.name}", f"未入库：{record.reason}")
        if record.gone:
            yield Finding("note", f"文件{record.name}", "磁盘上已不存在，库内文本保留")
