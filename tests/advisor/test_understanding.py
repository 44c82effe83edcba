"""What is searched for: a story's own sentences, the matter's words, the statutes' words."""

from datetime import date

from advisor.model import Complaint
from advisor.understanding import queries
from corpus.model import LexiconEntry

LEXICON = (LexiconEntry(term="老赖", official=("失信被执行人", "限制消费")),)


def complaint(text: str) -> Complaint:
    return Complaint(text=text, original=text, region=("浙江省",), as_of=date(2026, 6, 1))


def test_the_words_of_statutes_are_one_query_more() -> None:
    told = complaint("邻居是老赖，借我三万元两年不还，请问怎么办？")
    plain = queries(told, None)
    more = queries(told, None, LEXICON)
    assert more[:-1] == plain
    assert more[-1].endswith("失信被执行人 限制消费")
    assert "老赖" in more[-1]
    assert not [one for one in plain if "失信被执行人" in one]


def test_a_story_without_a_lay_term_asks_as_before() -> None:
    told = complaint("邻居借我三万元两年不还，请问怎么办？")
    assert queries(told, None, LEXICON) == queries(told, None)
