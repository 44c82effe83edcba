"""What is wrong in our knowledge and in the texts at hand: 知识与语料的自查."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus.knowledge import Knowledge
from corpus.library import Library
from corpus.model import ArticleRef, Playbook, Status, TextKind
from corpus.naming import name_key
from corpus.numerals import parse_article

Severity = Literal["error", "warning", "note"]

_MAX_GIST = 120  # characters; a longer one is no summary


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right: how grave, in which record, and what, in Chinese.

    ``error`` must be mended; ``warning`` should be looked at; ``note`` only says what the texts at
    hand do not let us check.
    """

    severity: Severity
    where: str
    message: str


def lint(library: Library, *, on: date) -> tuple[Finding, ...]:
    """Check knowledge and store against each other as of a date; empty when all is well."""
    knowledge = library.knowledge
    findings = [
        *_duplicates(knowledge),
        *_gists(library),
        *_phrasings(knowledge),
        *_groups(knowledge),
        *_links(knowledge),
        *_names(library),
        *_tables(library),
        *_files(library),
    ]
    for playbook in knowledge.playbooks:
        findings.extend(_playbook_references(library, playbook, on))
    for duty in knowledge.duties:
        for ref in duty.basis:
            findings.extend(_reference(library, f"权责{duty.id}", ref, on))
    for case in knowledge.cases:
        for ref in case.articles:
            findings.extend(_past_reference(library, f"案例{case.id}", ref))
    return tuple(dict.fromkeys(findings))


def _playbook_references(library: Library, playbook: Playbook, on: date) -> Iterator[Finding]:
    """What is shown as law must hold; an ended law beside its successor is for earlier facts."""
    refs = [*playbook.articles, *(ref for step in playbook.steps for ref in step.basis)]
    laws = {ref.law for ref in refs}
    for ref in refs:
        ended = library.successor(ref.law)
        where = f"处置指引{playbook.id}"
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


def _duplicates(knowledge: Knowledge) -> Iterator[Finding]:
    groups = {
        "处置指引": [one.id for one in knowledge.playbooks],
        "权责": [one.id for one in knowledge.duties],
        "案例": [one.id for one in knowledge.cases],
        "废止对照": [name_key(one.old) for one in knowledge.successions],
        "要旨": [
            f"《{statute.title}》（{statute.version}）{gist.article}"
            for statute in knowledge.statutes
            for gist in statute.articles
        ],
    }
    for name, ids in groups.items():
        for one, count in Counter(ids).items():
            if count > 1:
                yield Finding("error", f"{name}{one}", f"重复{count}次")


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


def _phrasings(knowledge: Knowledge) -> Iterator[Finding]:
    """Phrasings are retrieval keys: one that leads to two places leads nowhere."""
    seen: dict[tuple[str, str], str] = {}
    keyed = [
        *(
            ("要旨", phrasing, f"要旨《{statute.title}》{gist.article}")
            for statute in knowledge.statutes
            for gist in statute.articles
            for phrasing in gist.phrasings
        ),
        *(
            ("处置指引", phrasing, f"处置指引{playbook.id}")
            for playbook in knowledge.playbooks
            for phrasing in playbook.phrasings
        ),
    ]
    for kind, phrasing, where in keyed:
        other = seen.setdefault((kind, phrasing), where)
        if other != where:
            yield Finding("warning", where, f"说法“{phrasing}”与{other}重复")
    for place, count in Counter(keyed).items():
        if count > 1:
            yield Finding("warning", place[2], f"说法“{place[1]}”重复{count}次")


def _groups(knowledge: Knowledge) -> Iterator[Finding]:
    """Every matter stands under a group of ``groups.yaml``, by its present name."""
    for playbook in knowledge.playbooks:
        group = knowledge.group(playbook.group)
        where = f"处置指引{playbook.id}"
        if group is None:
            yield Finding("error", where, f"大类“{playbook.group}”不在groups.yaml之中")
        elif group.name != playbook.group:
            yield Finding("warning", where, f"大类“{playbook.group}”已改名为“{group.name}”")


def _links(knowledge: Knowledge) -> Iterator[Finding]:
    duties = {one.id for one in knowledge.duties}
    playbooks = {one.id for one in knowledge.playbooks}
    for playbook in knowledge.playbooks:
        where = f"处置指引{playbook.id}"
        named = {competence.duty for competence in (playbook.lead, *playbook.support)}
        for duty in sorted(named - duties):
            yield Finding("error", where, f"没有编号为{duty}的权责")
        for related in sorted(set(playbook.related) - playbooks):
            yield Finding("warning", where, f"相关指引{related}不存在")
    for case in knowledge.cases:
        for matter in sorted(set(case.matters) - playbooks):
            yield Finding("note", f"案例{case.id}", f"事项{matter}没有对应的处置指引")


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


def grave(findings: Iterable[Finding]) -> bool:
    """Whether any finding must be mended."""
    return any(finding.severity == "error" for finding in findings)
