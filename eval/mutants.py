"""False citations cut from real articles, each false by construction; no checker is asked."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from eval import altered, misplaced
from eval.altered import Mutation
from eval.phrasing import write
from eval.specimens import Specimens

DRAWS = 3_000
"""How many articles are tried before a kind is given up as impossible here."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One sentence with one citation and whether the gate has to accept it."""

    kind: str
    text: str
    genuine: bool


def mutants(specimens: Specimens, *, count: int, seed: int) -> list[Trial]:
    """False citations, the kinds in turn; a kind the collection cannot supply is left out.

    A mutant that happens to be true (a changed number that is also in the text, a wrong article
    of the same wording) is recognised from the articles themselves and dropped.
    """
    rng = random.Random(seed)
    made: list[Trial] = []
    live = dict(KINDS)
    while len(made) < count and live:
        for kind, mutation in tuple(live.items()):
            reference = next(
                (r for _ in range(DRAWS) if (r := mutation(specimens, rng)) is not None), None
            )
            if reference is None:
                del live[kind]
            else:
                made.append(Trial(kind, write(reference, rng), genuine=False))
    return made[:count]


KINDS: Mapping[str, Mutation] = {
    "invented law": misplaced.invented_law,
    "wrong article": misplaced.wrong_article,
    "missing article": misplaced.missing_article,
    "right article of the wrong law": misplaced.wrong_law,
    "应当 → 不得": altered.swap("应当", "不得"),
    "应当 → 可以": altered.swap("应当", "可以"),
    "可以 → 应当": altered.swap("可以", "应当"),
    "不得 → 可以": altered.swap("不得", "可以"),
    "lost 不": altered.swap("不", ""),
    "和 → 或者": altered.swap("和", "或者"),
    "changed number": altered.changed(
        altered.NUMERAL, ("三", "五", "十", "二十", "六十", "100", "15", "千")
    ),
    "changed period": altered.changed(altered.PERIOD, ("日", "个月", "年", "小时", "个工作日")),
    "changed subject": altered.subject,
    "truncated": altered.truncated,
    "dropped clause": altered.dropped_clause,
    "lost proviso": altered.lost_proviso,
    "continued": altered.continued,
    "continued, invented": altered.continued_invented,
    "further quotation, invented": altered.further_invented,
    "spliced sentences": altered.spliced,
    "spliced articles": altered.spliced_articles,
    "reordered": altered.reordered,
    "seam over 不得": altered.seam,
    "之一 / 之二": misplaced.sub_article,
    "old version's text": misplaced.old_version,
    "repealed law": misplaced.repealed,
    "revised since": misplaced.revised,
    "other region": misplaced.other_region,
    "missing paragraph": misplaced.missing_paragraph,
    "wrong paragraph": misplaced.wrong_paragraph,
    "inserted word": altered.inserted,
    "dropped word": altered.dropped_word,
}
"""Every kind of false citation, by its name in the report."""
