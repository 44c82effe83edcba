import random
from datetime import date

import pytest

from corpus.lawbook import LawBookInMemory
from corpus.model import ArticleNumber, Level, Statute, TextKind
from eval.citations import collect, judge
from eval.errors import SpecimenShort
from eval.genuine import FORMS, genuine
from eval.measures.citation_validity import is_wrong
from eval.mutants import KINDS, Trial, mutants
from eval.specimens import Specimens, plain

N = ArticleNumber
DAY = date(2025, 1, 1)
HERE = ("浙江省", "嘉兴市")


def statute(
    title: str, version: date, region: tuple[str, ...] = (), *, ended: bool = False
) -> Statute:
    return Statute(
        f"{title}{version}",
        title,
        Level.LAW,
        region,
        TextKind.VERBATIM,
        version=version,
        effective_from=version,
        expired=ended,
    )


NEW = {
    N(1): "为了规范示例停车，保护车主和居民的权益，制定本法。",
    N(2): "车主应当在三十日内向街道申报车位。未申报的，不得占用公共车位。逾期六个月的，可以注销。",
    N(3): "街道应当公示车位，但是涉及个人信息的除外。公示期不少于十五日。居民可以提出异议。",
    N(4): "有下列情形之一的，应当优先安排：\n（一）家中有老人的；\n"
    "（二）家中有残疾人的；\n（三）县级以上人民政府认定的。",
    N(5): "业主和承租人可以共用车位并签订书面协议。\n"
    "共用车位的协议应当报物业服务人备案，不得转租。\n"
    "主管部门应当每年检查一次共用车位的情况。",
    N(6): "违反本法规定的，由主管部门责令改正，可以处二百元以上一千元以下罚款，不得重复处罚。",
    N(6, 1): "公安机关和主管部门应当共享停车信息，县级人民政府不得另行收费。",
}
OTHER = {
    N(
        n
    ): f"示例排水第{n}项工作应当由街道负责，居民不得堵塞第{n}号沟渠，每{n}个月可以清理一次和登记。"
    for n in range(1, 9)
}
BOOK = LawBookInMemory(
    {
        statute("中华人民共和国示例停车法", date(2020, 1, 1)): NEW,
        statute("中华人民共和国示例停车法", date(2010, 1, 1)): {
            N(2): "车主应当在六十日内向派出所申报车位，否则予以处罚。"
        },
        statute("示例排水条例", date(2020, 1, 1)): OTHER,
        statute("示例省停车规定", date(2020, 1, 1), ("示例省",)): {
            N(1): "外省车辆应当按照外省的规矩停放。"
        },
        statute("示例旧办法", date(1990, 1, 1), ended=True): {
            N(1): "早已失效的办法规定了旧的停车方法。"
        },
    }
)


@pytest.fixture(scope="module")
def specimens() -> Specimens:
    return collect(BOOK, BOOK.articles(), DAY, HERE, ["示例废止条例"])


@pytest.fixture(scope="module")
def false_ones(specimens: Specimens) -> list[Trial]:
    return mutants(specimens, count=len(KINDS) * 8, seed=7)


@pytest.fixture(scope="module")
def true_ones(specimens: Specimens) -> list[Trial]:
    return genuine(specimens, count=len(FORMS) * 8, seed=3)


def test_articles_are_sorted_by_their_standing(specimens: Specimens) -> None:
    assert {s.title for s in specimens.holding} == {"中华人民共和国示例停车法", "示例排水条例"}
    assert {s.title for s in specimens.foreign} == {"示例省停车规定"}
    assert {s.title for s in specimens.repealed} == {"示例旧办法"}
    assert [s.number for s in specimens.older] == [N(2)]


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "revised since"])
def test_each_kind_of_mutant_is_refused_on_our_own_statutes(
    kind: str, false_ones: list[Trial]
) -> None:
    trials = [t for t in false_ones if t.kind == kind]
    report = judge(trials, BOOK, as_of=DAY, region=HERE, seed=7)
    assert report.mutants > 0
    assert report.false_accepts == 0, report.kinds


@pytest.mark.parametrize("kind", list(FORMS))
def test_each_true_form_is_accepted_on_our_own_statutes(kind: str, true_ones: list[Trial]) -> None:
    trials = [t for t in true_ones if t.kind == kind]
    report = judge(trials, BOOK, as_of=DAY, region=HERE, seed=3)
    assert report.genuine > 0
    assert report.false_rejects == 0, report.kinds


def test_a_mutant_that_happens_to_be_true_is_dropped() -> None:
    twins = {
        N(1): "同样的一段文字应当在两条里各出现一次才行。",
        N(2): "同样的一段文字应当在两条里各出现一次才行。",
    }
    book = LawBookInMemory({statute("示例孪生法", date(2020, 1, 1)): twins})
    found = collect(book, book.articles(), DAY, HERE, [])
    rng = random.Random(1)
    assert all(KINDS["wrong article"](found, rng) is None for _ in range(50))


def test_the_same_seed_gives_the_same_trials(specimens: Specimens) -> None:
    assert mutants(specimens, count=100, seed=5) == mutants(specimens, count=100, seed=5)
    assert mutants(specimens, count=100, seed=5) != mutants(specimens, count=100, seed=6)


def test_the_order_in_which_texts_were_added_draws_no_other_trials(specimens: Specimens) -> None:
    turned = collect(BOOK, reversed(list(BOOK.articles())), DAY, HERE, specimens.ended_names)
    assert mutants(turned, count=200, seed=5) == mutants(specimens, count=200, seed=5)
    assert genuine(turned, count=100, seed=5) == genuine(specimens, count=100, seed=5)


def test_an_empty_collection_is_refused_in_words() -> None:
    book = LawBookInMemory({})
    with pytest.raises(SpecimenShort, match="导入"):
        collect(book, book.articles(), DAY, HERE, [])


def test_a_citation_that_was_not_seen_counts_against_the_gate() -> None:
    assert is_wrong(Trial("x", "…", genuine=False), ())
    assert is_wrong(Trial("x", "…", genuine=True), ())


def test_plain_keeps_words_and_digits() -> None:
    assert plain("应当，（一）：30％。") == "应当一30"
