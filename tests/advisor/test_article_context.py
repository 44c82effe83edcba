"""What stands beside an article: what it names and uses of its own law, and nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from advisor.admission import ArticleEvidence
from advisor.article_context import MOST_DEFINED, MOST_NAMED, with_context
from advisor.brief import _articles
from advisor.claims import sources
from advisor.evidence import Evidence
from corpus.knowledge import Knowledge
from corpus.library import Library
from corpus.model import ArticleNumber, Gist, GistStatute, Level
from corpus.numerals import to_chinese

LAW = "中华人民共和国示例水塘法"
TEXTS = (
    "本法所称水塘，是指人工挖成的蓄水池子。",
    "水塘由村民委员会管理。",
    "依照本法第二条管理水塘的，依照本法第四条报告。",
    "报告应当书面作出。",
    "违反前条的，依照本法第二条、第三条、第六条、第七条、第八条、第九条处理。",
    *(f"第{n}种情形。" for n in "六七八九"),
)


def statute(title=LAW, texts=TEXTS, *, start=date(2020, 1, 1), region=()):
    gists = [
        Gist(article=f"第{to_chinese(n)}条", gist=text, phrasings=["塘多", "水浅"], topics=["塘"])
        for n, text in enumerate(texts, start=1)
    ]
    return GistStatute(
        title=title,
        level=Level.LAW,
        region=region,
        version=start,
        effective_from=start,
        source="示例",
        articles=gists,
    )


@pytest.fixture
def told(complaint_of):
    """The context of articles shown, by their numbers."""

    def make(*numbers, of=None):
        library = Library(None, Knowledge(statutes=(of or statute(),)))
        complaint = complaint_of()
        views = [library.article(LAW, ArticleNumber(n), on=complaint.as_of) for n in numbers]
        shown = [
            ArticleEvidence(f"L{n}", v, library.validity(v.statute, complaint.as_of), "理由")
            for n, v in enumerate(views, start=1)
        ]
        return with_context(shown, library, complaint)

    return make


def beside(one):
    return [(each.view.number.main, each.term) for each in one.context]


def test_what_an_article_names_stands_beside_it_then_the_terms_it_uses(told) -> None:
    (one,) = told(3)
    assert beside(one) == [(2, None), (4, None), (1, "水塘")]
    assert one.context[0].text == TEXTS[1]
    assert one.context[2].text == TEXTS[0]


def test_what_is_shown_already_does_not_come_again(told) -> None:
    third, second = told(3, 2)
    assert beside(third) == [(4, None), (1, "水塘")]
    assert beside(second) == []
    assert [beside(one) for one in told(1, 2)] == [[], []]


def test_there_is_never_more_than_a_few(told) -> None:
    (one,) = told(5)
    assert beside(one) == [(n, None) for n in (2, 3, 6, 7, 8)]
    assert len(one.context) == MOST_NAMED
    many = statute(
        texts=[f"本法所称甲{'甲' * n}，是指池子。" for n in range(4)] + ["甲甲甲甲由村里管。"]
    )
    (one,) = told(5, of=many)
    assert beside(one) == [(4, "甲甲甲甲"), (3, "甲甲甲")]
    assert len(one.context) == MOST_DEFINED


def test_only_what_is_in_force_on_the_day_and_valid_in_the_place(told, complaint_of) -> None:
    (view,) = told(3)
    library = Library(None, Knowledge(statutes=(statute(),)))
    assert with_context((view,), library, complaint_of(as_of=date(2019, 1, 1)))[0].context == ()
    away = Library(None, Knowledge(statutes=(statute(region=["山东省"]),)))
    assert with_context((view,), away, complaint_of())[0].context == ()
    assert with_context((view,), library, complaint_of())[0].context != ()


def test_a_writer_is_told_and_may_use_its_numbers(told) -> None:
    (one,) = told(3)
    evidence = Evidence(articles=(replace(one, id="L1"),))
    (row,) = _articles(evidence)
    assert row["text"].startswith(TEXTS[2] + "［同法相关条文")
    assert "第四条：" + TEXTS[3] in row["text"]
    assert TEXTS[3] in sources(evidence, "")["L1"]
    (bare,) = _articles(Evidence(articles=(replace(one, context=()),)))
    assert bare["text"] == TEXTS[2]
