"""Titles of clusters: short matter, place of the subjects, a telling subject else."""

from dataclasses import replace

import numpy as np

from advisor.batch.accounts import Account
from advisor.batch.titles import short_matter, title_of

NO_WORDS = np.zeros(0, dtype=np.int32)
ROW = Account(
    number=1, mark="m", title="请问锦溪苑何时通气的问题", caller="甲", matter=None, matter_name="",
    priority=40, likes=0, day=1, words=NO_WORDS, subject=NO_WORDS, places=frozenset(),
    named=frozenset(), titled=False, areas=(), numbers=frozenset(),
)  # fmt: skip


def test_a_matter_is_told_without_its_brackets() -> None:
    assert short_matter("噪声扰民（广场舞、夜间施工）") == "噪声扰民"
    assert short_matter("停水停电") == "停水停电"


def test_place_and_matter_with_counts() -> None:
    rows = [ROW, replace(ROW, number=2, caller="乙"), replace(ROW, number=3)]
    assert title_of("锦溪苑", "停水停电", rows) == "锦溪苑：停水停电（3件，2人）"


def test_without_a_matter_the_shortest_subject_tells_it_once() -> None:
    rows = [replace(ROW, title="恳请领导解决锦溪苑至今没有通上天然气的问题！"), ROW]
    assert title_of("锦溪苑", "", rows) == "锦溪苑何时通气（2件，1人）"
