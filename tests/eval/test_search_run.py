"""The search over cases as a run: rows for cases with core articles, ranks as found."""

from advisor.bootstrap import Services
from eval.cases_set import read_cases
from eval.search_run import SEARCH_MEASURES, search_rows


def test_a_row_for_each_case_with_a_core_article(services: Services):
    cases = [one for one in read_cases().cases if one.id.startswith("mixed")]
    rows = {row.case: row for row in search_rows(cases, services.retriever)}
    assert rows.keys() == {one.id for one in cases if one.core}
    for row in rows.values():
        assert row.measures.keys() == SEARCH_MEASURES.keys()
        ranks = [rank for rank in row.detail["ranks"] if rank]
        assert row.measures["hit@10"] == float(bool(ranks))
        assert row.measures["MRR@10"] == (round(1 / min(ranks), 6) if ranks else 0.0)
        assert row.measures["Recall@10"] == round(len(ranks) / len(row.detail["ranks"]), 6)
    assert any(row.measures["hit@5"] for row in rows.values())
