import pytest

from corpus.paraphrase import strays
from corpus.quotation import normalise

ARTICLE = normalise(
    "车主应当在三十日内向街道申报公共停车位，但是不得转租。未申报的，可以处二百元以下罚款。"
)


@pytest.mark.parametrize(
    "prose",
    [
        "车主不得在三十日内向街道申报公共停车位。",
        "车主可以在三十日内向街道申报公共停车位",
        "车主应当在六十日内向街道申报公共停车位，",
        "对未申报的，可以处五百元以下罚款。请整改。",
        "车主在三十日内向街道申报公共停车位，但是可以转租。",
    ],
)
def test_a_close_retelling_with_another_duty_or_number_strays(prose: str) -> None:
    assert strays(prose, ARTICLE, strict=False)


@pytest.mark.parametrize(
    "prose",
    [
        "车主应当在三十日内向街道申报公共停车位",
        "有车的人要在规定期限内到街道办事处登记，逾期会被罚款。",
        "车主应当在三十日内向当地街道申报公共停车位",
        "请社区网格员上门说明，并在五日内反馈。",
        "短句。",
        "",
    ],
)
def test_a_retelling_in_other_words_is_the_writer_s_right(prose: str) -> None:
    assert not strays(prose, ARTICLE, strict=False)


def test_behind_an_unmarked_quotation_the_statute_may_not_seem_to_go_on() -> None:
    assert strays("未申报的，一律可以处二百元以下罚款。", ARTICLE, strict=True)
    assert strays("车主应当在三十日内向当地街道申报公共停车位。", ARTICLE, strict=True)
    assert strays("未申报的，可以处二百元以下罚款。", ARTICLE, strict=True)
    assert not strays("因此建议先由社区出面劝说双方。", ARTICLE, strict=True)
    assert strays("未申报的，可以", ARTICLE, strict=True)
