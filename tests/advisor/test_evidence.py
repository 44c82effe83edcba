"""Evidence: only law that holds on the day and in the place, numbered, within the budget."""

from datetime import date

import pytest

from advisor.evidence import MAX_ARTICLES, MAX_CASES, select_evidence, shared_points
from corpus.library import Library
from corpus.model import ArticleRef, Gist, GistStatute, Level, Status
from corpus.numerals import format_article, to_chinese
from indexer.retriever import CaseHit, StatuteHit

LAW = "中华人民共和国示例停车法"


@pytest.fixture
def select(library, knowledge, complaint_of):
    def choose(guide="parking", found=((), ()), *, over=library, **complaint):
        playbook = knowledge.playbook(guide) if isinstance(guide, str) else guide
        return select_evidence(
            complaint_of(**complaint),
            playbook or knowledge.general,
            found,
            knowledge=knowledge,
            library=over,
        )

    return choose


def _named(evidence):
    return {(e.law, format_article(e.view.number)) for e in evidence.articles}


def _laws(evidence):
    return {e.law for e in evidence.articles}


def test_the_playbooks_articles_are_admitted_with_their_reason(select):
    first = select().articles[0]
    assert (first.id, first.law, first.why) == ("L1", LAW, "示例理由")


def test_everything_admitted_is_in_force(select):
    assert all(e.validity.status is Status.IN_FORCE for e in select().articles)


def test_a_repealed_law_is_set_aside_and_said_so(select, knowledge):
    old = [ArticleRef(law="示例旧停车法", article="第一条")]
    alone = knowledge.playbook("leak").model_copy(
        update={"articles": old, "lead": knowledge.general.lead}
    )
    evidence = select(alone)
    assert evidence.articles == ()
    assert any("示例旧停车法" in note and "已不再有效" in note for note in evidence.set_aside)


def test_a_repealed_law_whose_successor_is_shown_needs_no_word(select):
    evidence = select()
    assert "示例旧停车法" not in _laws(evidence)
    assert not any("示例旧停车法" in note for note in evidence.set_aside)


def test_a_text_revised_since_is_set_aside_and_said_so(select):
    evidence = select()
    assert "示例已改法" not in _laws(evidence)
    assert any("示例已改法" in note and "修订前文本" in note for note in evidence.set_aside)


def test_a_law_not_yet_in_force_is_set_aside_and_said_so(select):
    evidence = select()
    assert "示例将来法" not in _laws(evidence)
    assert any("示例将来法" in note and "尚未施行" in note for note in evidence.set_aside)


def test_a_law_we_do_not_hold_is_said_so(select):
    assert any("示例没有收录的法" in note and "尚未收录" in note for note in select().set_aside)


def test_what_would_hardly_have_been_shown_needs_no_word(select, knowledge, library):
    view = next(iter(library.articles()))
    hit = StatuteHit(view, library.validity(view.statute, date(2025, 6, 1)), 0.9, applies=0.9)
    front = [ArticleRef(law=LAW, article=f"第{to_chinese(n)}条") for n in (1, 2, 3, 4, 1, 2)]
    unheld = ArticleRef(law="示例没有收录的法", article="第一条")
    guide = knowledge.playbook("leak")
    behind = guide.model_copy(update={"articles": [*front, unheld]})
    before = guide.model_copy(update={"articles": [unheld, *front]})
    assert not any("尚未收录" in note for note in select(behind, ((hit,), ())).set_aside)
    assert any("尚未收录" in note for note in select(before, ((hit,), ())).set_aside)
    assert any("尚未收录" in note for note in select(behind).set_aside)


def test_the_law_of_the_day_of_the_facts_is_used(select):
    evidence = select(as_of=date(2019, 1, 1))
    assert _laws(evidence) == {"示例旧停车法", "示例已改法"}
    assert any("浙江省示例停车条例" in note and "尚未施行" in note for note in evidence.set_aside)


def test_a_rule_of_the_own_province_is_admitted_and_that_of_another_is_not(select):
    assert "浙江省示例停车条例" in _laws(select())
    assert "山东省示例停车条例" not in _laws(select())


def test_in_another_province_its_own_rule_counts(select):
    evidence = select(region=("山东省", "济南市"))
    assert "山东省示例停车条例" in _laws(evidence)
    assert "浙江省示例停车条例" not in _laws(evidence)


def test_without_a_place_only_national_law_counts(select):
    assert _laws(select(region=())) == {LAW}


def test_an_article_that_does_not_exist_is_passed_over(select, knowledge):
    playbook = knowledge.playbook("leak").model_copy(
        update={"articles": (ArticleRef(law=LAW, article="第九十九条"),)}
    )
    assert (LAW, "第九十九条") not in _named(select(playbook))


def test_a_conditional_article_counts_only_when_its_word_stands_there(select):
    assert (LAW, "第三条") not in _named(select(text="车位不够"))
    assert (LAW, "第三条") in _named(select(text="车位上给电动车充电"))


def test_a_steps_article_is_admitted_for_its_step(select):
    found = {format_article(e.view.number): e.why for e in select().articles if e.law == LAW}
    assert found["第四条"] == "示例理由"


def test_a_conditional_department_takes_part_only_when_its_word_stands_there(select):
    def departments(text):
        return [d.competence.department for d in select(text=text).duties]

    assert departments("车位不够") == ["示例城管局", "示例物业办"]
    assert departments("消防通道没车位") == ["示例城管局", "示例消防队", "示例物业办"]


def test_a_department_rests_on_the_article_of_its_duty(select):
    evidence = select()
    article = next(e for e in evidence.articles if format_article(e.view.number) == "第二条")
    assert evidence.duties[0].basis == (article.id,)


def test_a_duty_that_is_not_known_has_no_basis(select):
    assert select().duties[-1].duty is None
    assert select().duties[-1].basis == ()


def test_ids_are_numbered_and_unique(select, knowledge, library):
    cases = tuple(CaseHit(c, 1.0) for c in knowledge.cases)
    evidence = select(found=((), cases), text="车位不够，通道被占")
    numbered = [e.id for e in (*evidence.articles, *evidence.cases, *evidence.duties)]
    assert len(set(numbered)) == len(numbered)
    assert evidence.ids() == {*numbered, "P1"}


def test_no_article_comes_twice(select, library):
    hits = tuple(StatuteHit(v, None, 1.0) for v in library.articles()) * 2
    evidence = select(found=(hits, ()))
    assert len(_named(evidence)) == len(evidence.articles)


def test_what_the_search_found_is_held_to_the_same_rules(select, library):
    hits = [
        StatuteHit(v, library.validity(v.statute, date(2025, 6, 1)), 1.0)
        for v in library.articles()
        if v.statute.title != LAW
    ]
    for hit in hits:
        evidence = select("leak", ((hit,), ()))
        assert _laws(evidence) <= {LAW, "浙江省示例停车条例"}
        # Nobody asked for it, so nobody need know why it was left out.
        assert evidence.set_aside == select("leak").set_aside


def test_the_budget_holds_however_many_articles_are_wanted(knowledge, complaint_of):
    numbers = [f"第{to_chinese(n)}条" for n in range(1, 31)]
    many = GistStatute(
        title="示例长法",
        level=Level.LAW,
        version=date(2020, 1, 1),
        effective_from=date(2020, 1, 1),
        source="示例",
        articles=[
            Gist(article=n, gist=f"示例长法的{n}。", phrasings=["一", "二"], topics=["示例"])
            for n in numbers
        ],
    )
    guide = knowledge.playbook("leak").model_copy(
        update={"articles": tuple(ArticleRef(law="示例长法", article=n) for n in numbers)}
    )
    evidence = select_evidence(
        complaint_of(),
        guide,
        ((), ()),
        knowledge=knowledge,
        library=Library(None, type(knowledge)(statutes=(many,))),
    )
    assert len(evidence.articles) == MAX_ARTICLES


def test_the_guides_own_articles_are_numbered_in_its_order(select, knowledge):
    parking = knowledge.playbook("parking")
    last = ArticleRef(law=LAW, article="第三条", why="示例理由", only_if=["充电"])
    filler = [ArticleRef(law="示例没有的法", article="第一条") for _ in range(7)]
    guide = parking.model_copy(update={"articles": (*parking.articles[:2], *filler, last)})
    shown = select(guide, text="车位上充电").articles
    assert [e.id for e in shown] == [f"L{n}" for n in range(1, len(shown) + 1)]
    own = [format_article(e.view.number) for e in shown if e.law == LAW]
    assert own[:2] == ["第二条", "第三条"]


def test_cases_of_the_same_matter_come_first_and_keep_to_the_budget(select, knowledge):
    same = knowledge.cases[0]
    copies = tuple(
        CaseHit(same.model_copy(update={"id": f"case_{n}"}), 1.0) for n in range(MAX_CASES + 2)
    )
    found = ((), (CaseHit(knowledge.cases[1], 9.0), *copies))
    evidence = select(found=found, text="小区没有物业，车位不够")
    assert len(evidence.cases) == MAX_CASES
    assert all(e.matter == "小区停车" for e in evidence.cases)


def test_of_cases_that_share_only_the_matter_one_is_enough(select, knowledge):
    same = knowledge.cases[0]
    copies = tuple(CaseHit(same.model_copy(update={"id": f"case_{n}"}), 1.0) for n in range(3))
    assert [e.case.id for e in select(found=((), copies)).cases] == ["case_0"]


def test_a_case_of_another_matter_with_little_in_common_is_left_out(select, knowledge):
    assert select(found=((), (CaseHit(knowledge.cases[1], 9.0),))).cases == ()


def test_a_case_of_a_related_matter_alike_in_two_points_is_compared(select, knowledge):
    hit = CaseHit(knowledge.cases[0], 1.0)
    text = "没有物业，通道里漏水"
    related = knowledge.playbook("leak").model_copy(update={"related": ("parking",)})
    assert [e.case.id for e in select(related, ((), (hit,)), text=text).cases] == ["case_parking"]
    assert select("leak", ((), (hit,)), text=text).cases == ()


def test_shared_points_are_those_told_and_not_denied(knowledge):
    case = knowledge.cases[0]
    assert shared_points(case, "没有物业，通道堵了") == ("小区没有物业", "通道被占")
    assert shared_points(case, "没有通道") == ()


def test_an_unknown_matter_has_no_playbook_among_its_ids(select, knowledge):
    evidence = select(knowledge.general)
    assert evidence.playbook is None
    assert "P1" not in evidence.ids()


def test_an_article_is_found_again_by_its_reference(select):
    evidence = select()
    assert evidence.article_id(ArticleRef(law=LAW, article="第二条")) == "L1"
    assert evidence.article_id(ArticleRef(law=LAW, article="第九十条")) is None
