"""Redaction as a run: the same complaints twice, and what is missed is counted."""

from advisor.redaction.model import Span
from eval import redaction_run
from eval.redaction_run import REDACTION_MEASURES, redaction_rows
from eval.run_file import comparable


def test_the_same_seed_gives_the_same_rows():
    one, two = ([comparable(row) for row in redaction_rows(20)] for _ in range(2))
    assert one == two
    rows = list(redaction_rows(20))
    assert all(row.measures.keys() == REDACTION_MEASURES.keys() for row in rows)
    assert {row.measures["restored"] for row in rows} == {1.0}


def test_nothing_found_masks_nothing_and_all_found_spares_nothing(monkeypatch):
    monkeypatch.setattr(redaction_run, "find_spans", lambda _: ())
    blind = list(redaction_rows(20))
    assert {row.measures["masked"] for row in blind} <= {0.0, None}
    assert {row.measures["spared"] for row in blind} <= {1.0, None}
    monkeypatch.setattr(
        redaction_run, "find_spans", lambda text: (Span(0, len(text), "姓名", text),)
    )
    greedy = list(redaction_rows(20))
    assert {row.measures["masked"] for row in greedy} <= {1.0, None}
    assert 0.0 in {row.measures["spared"] for row in greedy}
