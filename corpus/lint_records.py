"""What is wrong in the records among themselves: repeated, dangling, or leading to two places."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from corpus.finding import Finding, Severity
from corpus.knowledge import Knowledge
from corpus.lint_conditions import condition_findings
from corpus.model import Case
from corpus.naming import name_key

_COMMON_CUE = 4
"""From so many matters on a cue tells them apart no more."""
_ALIKE_PHRASINGS = 0.8
_ALIKE_CASES = 0.5
"""Shares of the character pairs of two texts that stand in both (Jaccard)."""
_FREQUENT = 60

Pairs = frozenset[str]


def record_findings(knowledge: Knowledge) -> Iterator[Finding]:
    """Everything that can be said without any text of law."""
    yield from _duplicates(knowledge)
    yield from _groups(knowledge)
    yield from _links(knowledge)
    yield from condition_findings(knowledge)
    yield from _phrasings(knowledge)
    yield from _near_phrasings(knowledge)
    yield from _common_cues(knowledge)
    yield from _cases_told_twice(knowledge.cases)


def _duplicates(knowledge: Knowledge) -> Iterator[Finding]:
    groups: Mapping[str, Sequence[str]] = {
        "处置指引": [one.id for one in knowledge.playbooks],
        "权责": [one.id for one in knowledge.duties],
        "案例": [one.id for one in knowledge.cases],
        "大类": [one.name for one in knowledge.groups],
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
    for name, count in Counter(one.name for one in knowledge.playbooks).items():
        if count > 1:
            yield Finding("error", f"处置指引“{name}”", f"有{count}个事项用同一名称")


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
    """Names that lead nowhere; grave, unless a town switched off what they led to."""
    grade: Severity = "warning" if knowledge.town.off else "error"
    duties = {one.id for one in knowledge.duties}
    playbooks = {one.id for one in knowledge.playbooks}
    for playbook in knowledge.playbooks:
        where = f"处置指引{playbook.id}"
        named = {competence.duty for competence in (*playbook.lead, *playbook.support)}
        for duty in sorted(named - duties):
            yield Finding(grade, where, f"没有编号为{duty}的权责")
        for related in sorted(set(playbook.related) - playbooks):
            yield Finding(grade, where, f"相关指引{related}不存在")
    general = knowledge.general
    for lead in general.lead if general is not None else ():
        if lead.duty and lead.duty not in duties:
            yield Finding(grade, "通用指引", f"没有编号为{lead.duty}的权责")
    for where, matters in _of_matters(knowledge):
        for matter in sorted(set(matters) - playbooks):
            yield Finding(grade, where, f"事项{matter}没有对应的处置指引")


def _of_matters(knowledge: Knowledge) -> Iterator[tuple[str, Sequence[str]]]:
    yield from ((f"案例{case.id}", case.matters) for case in knowledge.cases)
    yield from ((f"诉求样例{one.id}", one.matters) for one in knowledge.tellings)


def _keyed(knowledge: Knowledge) -> list[tuple[str, str, str]]:
    """Kind, phrasing, and the record it stands in."""
    return [
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


def _phrasings(knowledge: Knowledge) -> Iterator[Finding]:
    """Phrasings are retrieval keys: one that leads to two places leads nowhere."""
    keyed = _keyed(knowledge)
    seen: dict[tuple[str, str], str] = {}
    for kind, phrasing, where in keyed:
        other = seen.setdefault((kind, phrasing), where)
        if other != where:
            yield Finding("warning", where, f"说法“{phrasing}”与{other}重复")
    for place, count in Counter(keyed).items():
        if count > 1:
            yield Finding("warning", place[2], f"说法“{place[1]}”重复{count}次")


def _near_phrasings(knowledge: Knowledge) -> Iterator[Finding]:
    """Phrasings of two matters that differ in a word or two only."""
    told = [(p, _pairs(p), book.id) for book in knowledge.playbooks for p in book.phrasings]
    by_pair: dict[str, list[int]] = defaultdict(list)
    for at, (_, pairs, _) in enumerate(told):
        for pair in pairs:
            by_pair[pair].append(at)
    for at, (phrasing, pairs, matter) in enumerate(told):
        near = Counter(
            other
            for pair in pairs
            if len(by_pair[pair]) <= _FREQUENT
            for other in by_pair[pair]
            if other > at and told[other][2] != matter
        )
        for other, shared in near.items():
            words, others, owner = told[other]
            if words != phrasing and 2 * shared >= len(pairs) and _alike(pairs, others):
                message = f"说法“{phrasing}”与处置指引{owner}的“{words}”几乎相同"
                yield Finding("warning", f"处置指引{matter}", message)


def _common_cues(knowledge: Knowledge) -> Iterator[Finding]:
    owners: dict[str, list[str]] = defaultdict(list)
    for playbook in knowledge.playbooks:
        for cue in dict.fromkeys(playbook.cues):
            owners[cue].append(playbook.id)
    for cue, books in owners.items():
        if len(books) >= _COMMON_CUE:
            message = f"为{len(books)}个事项共用（{'、'.join(books)}），不能区分事项"
            yield Finding("warning", f"线索词“{cue}”", message)


def _cases_told_twice(cases: Sequence[Case]) -> Iterator[Finding]:
    told = [(case, _pairs(case.title + case.facts + case.outcome)) for case in cases]
    for (one, pairs), (other, others) in combinations(told, 2):
        if min(len(pairs), len(others)) * 2 < max(len(pairs), len(others)):
            continue
        if _alike(pairs, others, _ALIKE_CASES):
            yield Finding("error", f"案例{other.id}", f"与案例{one.id}讲的是同一件事")
    for title, count in Counter(case.title for case in cases).items():
        if count > 1:
            yield Finding("error", f"案例“{title}”", f"有{count}个案例用同一标题")


def _pairs(text: str) -> Pairs:
    plain = "".join(one for one in text if one.isalnum())
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def _alike(one: Pairs, other: Pairs, least: float = _ALIKE_PHRASINGS) -> bool:
    union = len(one | other)
    return union > 0 and len(one & other) >= least * union
