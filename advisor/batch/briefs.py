"""The 一类事 brief of a cluster: what its members have in common, and what would settle the kind.

Nothing is written here that does not stand in a playbook, in the general guide or in an item: where
no playbook fits, the brief says so and gives the general way.
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from functools import cache
from typing import TypeVar

from advisor.batch.model import Brief, Cluster, Item, ItemArticle, ItemCase
from advisor.fitting import fitted, told
from corpus.knowledge import Knowledge, load_knowledge
from corpus.model import Playbook

ARTICLES = 5
CASES = 5
DEPARTMENTS = 5
MEASURES = 4
_READ = 4000
_LASTING = re.compile(
    r"长效|预防|定期|巡查|排查|整治|机制|制度|公示|公约|规范|改造|清单|台账|回头看|复查|回访|防止|杜绝"
)
"""Words of steps that keep a kind from coming back, not only close one case."""
_T = TypeVar("_T")


def brief_of(cluster: Cluster, items: Sequence[Item], knowledge: Knowledge | None = None) -> Brief:
    """The brief of a cluster.

    Args:
        cluster: A cluster of :func:`advisor.batch.grouping.group`.
        items: Its members; others are passed over.
        knowledge: Where the playbooks stand; the shipped ones by default.
    """
    known = knowledge or _shipped()
    members = sorted((i for i in items if i.row.number in set(cluster.members)), key=_newest)
    playbook = known.playbook(cluster.matter) if cluster.matter else None
    text = "\n".join(item.row.whole for item in members)[:_READ]
    fitting = fitted(playbook, text) if playbook else None
    return Brief(
        common_cause=_cause(cluster, fitting),
        articles=_articles(members),
        worked_before=_cases(members),
        root_measures=_measures(fitting, known),
        departments=_departments(members),
    )


@cache
def _shipped() -> Knowledge:
    return load_knowledge()


def _newest(item: Item) -> tuple[int, int]:
    day = item.row.received_at.date().toordinal() if item.row.received_at else 0
    return (-day, item.row.number)


def _cause(cluster: Cluster, playbook: Playbook | None) -> str:
    counts = f"{len(cluster.members)}件反映{cluster.events}个事件，涉及{cluster.people}名反映人"
    where = f"集中在{cluster.place}" if cluster.place else "地点不一"
    if playbook is None:
        return f"{counts}，{where}；事项类型未能认定，共同原因须会商时核实。"
    return f"{counts}，{where}，均属“{playbook.name}”。{playbook.nature}"


def _articles(members: Sequence[Item]) -> tuple[ItemArticle, ...]:
    """The articles of most members, the first mentioned first among equals."""
    return _commonest(((a.law, a.article), a) for item in members for a in item.articles)[:ARTICLES]


def _cases(members: Sequence[Item]) -> tuple[ItemCase, ...]:
    return _commonest((c.case_id, c) for item in members for c in item.cases)[:CASES]


def _departments(members: Sequence[Item]) -> tuple[str, ...]:
    """Those that lead most members, then those that support most."""
    leads = _commonest((i.lead_department, i.lead_department) for i in members)
    support = _commonest((name, name) for item in members for name in item.support_departments)
    return tuple(dict.fromkeys((*leads, *support)))[:DEPARTMENTS]


def _commonest(pairs: Iterable[tuple[Hashable, _T]]) -> tuple[_T, ...]:
    counts: Counter[Hashable] = Counter()
    first: dict[Hashable, _T] = {}
    for key, value in pairs:
        counts[key] += 1
        first.setdefault(key, value)
    return tuple(first[key] for key, _ in counts.most_common())


def _measures(playbook: Playbook | None, known: Knowledge) -> tuple[str, ...]:
    """What the guide of the matter says against its return, and when to take it higher."""
    if playbook is None:
        return _general(known)
    lasting = [step for step in playbook.steps if _LASTING.search(step.action)]
    steps = [f"{step.action}（{step.owner}）" for step in lasting]
    return (*steps[: MEASURES - 1], told(playbook.escalation))


def _general(known: Knowledge) -> tuple[str, ...]:
    return (told(known.general.escalation),) if known.general else ()
