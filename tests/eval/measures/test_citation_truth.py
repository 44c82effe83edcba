import pytest

from eval.measures.citation_truth import CITATION_TRUTH, own_citations

TRUE = "消防通道不许停放车辆，违者罚款二百元。"
LAW = "中华人民共和国示例停车法"


@pytest.mark.parametrize(
    ("article", "text", "law"),
    [
        ("第九条", TRUE, LAW),
        ("第一条", "消防通道可以停放车辆。", LAW),
        ("第一条", "夜间可以在路边停放车辆。", "示例省示例停车办法"),
        ("第一条", TRUE, "中华人民共和国示例虚构法"),
    ],
)
def test_an_article_that_is_not_there_is_seen(answer, shown, article, text, law):
    advice = {"legal_basis": [shown("L1", "第一条", TRUE), shown("L2", article, text, law)]}
    assert CITATION_TRUTH.value(answer(advice=advice)) == 0.5


def test_an_article_of_before_its_day_is_not_true(answer, shown):
    advice = {"legal_basis": [shown("L1", "第一条", TRUE)]}
    assert CITATION_TRUTH.value(answer(advice=advice)) == 1.0
    assert CITATION_TRUTH.value(answer({"as_of": "2020-04-30"}, advice)) == 0.0


def test_prose_is_read_but_not_what_it_quotes_of_the_complaint(answer, plan_with):
    told = "依据《示例停车法》第九条处理。"
    found = answer(advice=plan_with(escalation=told))
    assert CITATION_TRUTH.value(found) == 0.5
    quoted = answer({"text": f"他们讲{told}"}, plan_with(escalation=told))
    assert own_citations(quoted) == ()
    assert CITATION_TRUTH.value(quoted) == 1.0


def test_nothing_cited_has_no_truth(answer):
    assert CITATION_TRUTH.value(answer(advice={"legal_basis": []})) is None
