"""The gate against a hostile writer: nothing unproved reaches the reader, each is listed."""

from datetime import date
from typing import NamedTuple

import pytest

from advisor.draft import (
    Draft,
    DraftBasis,
    DraftCompetence,
    DraftPoint,
    DraftPrecedent,
    DraftStep,
)
from advisor.evidence import select_evidence
from advisor.grounding import MAX_STEPS, ground
from corpus.model import VerdictKind
from indexer.retriever import CaseHit

LAW = "中华人民共和国示例停车法"
INVENTED = "《示例幻影法》第三条"
REPEALED = "《示例旧停车法》第一条"
ELSEWHERE = "《山东省示例停车条例》第一条"
WRONG_NUMBER = f"《{LAW}》第九十九条"
REVISED = "《示例已改法》第一条"
FUTURE = "《示例将来法》第一条"
FALSE = {
    "an invented law": (INVENTED, VerdictKind.NOT_FOUND),
    "a law without marks": ("示例幻影管理条例第三条", VerdictKind.NOT_FOUND),
    "a repealed law": (REPEALED, VerdictKind.NOT_IN_FORCE),
    "a text revised since": (REVISED, VerdictKind.NOT_IN_FORCE),
    "a law not yet in force": (FUTURE, VerdictKind.NOT_IN_FORCE),
    "another province's rule": (ELSEWHERE, VerdictKind.OUT_OF_REGION),
    "a wrong number": (WRONG_NUMBER, VerdictKind.NOT_FOUND),
    "no law named": ("依照第三条", VerdictKind.NOT_FOUND),
}
DISGUISED = (
    "《示例幻影法》第三條",
    "《示例幻影法》第叁条",
    "《示例幻影法》第\u200b三\u200b条",
    "《示例\u202e幻想法》第三条",
    "《示例幻影法》第三\n条",
    "⟪示例幻影法⟫第三条",
    "《示例幻影法》第 三 条",
    "《示例幻影法》第３条",
    "示例幻影法3条",
    "【示例幻影法】第三条",
    "《示例幻影法》第⼀条",
)


class Bench(NamedTuple):
    """What a draft is grounded with."""

    evidence: object
    complaint: object
    library: object

    def ground(self, draft):
        return ground(draft, self.evidence, self.complaint, self.library)


@pytest.fixture
def bench_of(library, knowledge, complaint_of):
    def make(text="小区车位不够。", *, over=library, **complaint):
        story = complaint_of(text, **complaint)
        cases = (CaseHit(knowledge.cases[0], 1.0),)
        evidence = select_evidence(
            story, knowledge.playbook("parking"), ((), cases), knowledge=knowledge, library=over
        )
        return Bench(evidence, story, over)

    return make


@pytest.fixture
def bench(bench_of):
    return bench_of()


def draft_of(**changes):
    whole = {
        "summary": "车位不够引起的事。",
        "parties": (DraftPoint(text="反映人要车位", evidence=("P1",)),),
        "facts": (DraftPoint(text="反映人称：晚上没车位"),),
        "missing_facts": (DraftPoint(text="有几个车位", evidence=("P1",)),),
        "disputes": (DraftPoint(text="车位归谁", evidence=("P1",)),),
        "risks": (DraftPoint(text="可能吵起来"),),
        "steps": (DraftStep(action="去看现场", owner="社区干部", deadline_days=1),),
        "lead_department": "示例城管局",
        "support_departments": ("示例消防队",),
        "competence": (DraftCompetence(department="示例城管局", basis="管停车", evidence=("D1",)),),
        "escalation": "报镇里。",
        "resident_script": "我们会答复您。",
        "basis": (DraftBasis(evidence_id="L1", why="管停车"),),
        "precedents": (
            DraftPrecedent(evidence_id="C1", same=("都是车位",), different=("那边有物业",)),
        ),
        "limits": ("没有到过现场。",),
    }
    return Draft(**(whole | changes))


def strings(value):
    """Every string inside a value, with the path to it."""
    if isinstance(value, str):
        yield (), value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from (((key, *path), text) for path, text in strings(inner))
    elif isinstance(value, list | tuple):
        for at, inner in enumerate(value):
            yield from (((at, *path), text) for path, text in strings(inner))


def replaced(value, path, text):
    if not path:
        return text
    if isinstance(value, dict):
        return value | {path[0]: replaced(value[path[0]], path[1:], text)}
    return [replaced(v, path[1:], text) if at == path[0] else v for at, v in enumerate(value)]


def shown(grounded):
    """Everything a reader sees as ours: not the refusals, nor the law said to be set aside."""
    dumped = [
        grounded.analysis.model_dump(),
        grounded.plan.model_dump(),
        [b.model_dump() for b in grounded.legal_basis],
        [p.model_dump() for p in grounded.precedents],
        [limit for limit in grounded.limits if "未作为依据列出" not in limit],
    ]
    return "\n".join(text for _, text in strings(dumped))


FIELDS = tuple(path for path, _ in strings(draft_of().model_dump()))


def test_an_honest_draft_passes_whole(bench):
    grounded = bench.ground(draft_of())
    assert (grounded.status, grounded.rejected) == ("complete", ())
    assert grounded.analysis.summary == "车位不够引起的事。"


@pytest.mark.parametrize("path", FIELDS, ids=lambda path: ".".join(map(str, path)))
@pytest.mark.parametrize("kind", FALSE)
def test_a_false_citation_in_any_field_is_taken_out(bench, path, kind):
    citation, verdict = FALSE[kind]
    hostile = replaced(draft_of().model_dump(), path, f"先去看。{citation}规定必须罚款五万元。")
    grounded = bench.ground(Draft.model_validate(hostile))
    assert citation not in shown(grounded)
    assert "五万元" not in shown(grounded)
    assert grounded.status == "partial"
    if path[-1] != "evidence_id" and "evidence" not in path:
        assert [r.verdict for r in grounded.rejected] == [verdict]


@pytest.mark.parametrize("path", FIELDS, ids=lambda path: ".".join(map(str, path)))
def test_a_disguised_citation_in_any_field_is_taken_out(bench, path):
    for citation in DISGUISED:
        hostile = replaced(draft_of().model_dump(), path, f"{citation}规定必须罚款五万元。")
        assert "五万元" not in shown(bench.ground(Draft.model_validate(hostile))), citation


@pytest.mark.parametrize("path", FIELDS, ids=lambda path: ".".join(map(str, path)))
def test_an_altered_quotation_in_any_field_is_taken_out(bench_of, verbatim_library, path):
    quotation = f"《{LAW}》第二条规定：“违者处五百元罚款。”要照办。"
    hostile = replaced(draft_of().model_dump(), path, quotation)
    grounded = bench_of(over=verbatim_library).ground(Draft.model_validate(hostile))
    assert "五百元" not in shown(grounded)
    assert grounded.status == "partial"


def test_a_genuine_quotation_passes(bench_of, verbatim_library):
    words = f"《{LAW}》第二条规定：“违者处一百元罚款。”"
    grounded = bench_of(over=verbatim_library).ground(draft_of(escalation=words))
    assert grounded.plan.escalation == words
    assert grounded.status == "complete"


def test_a_quotation_we_cannot_compare_is_no_proof(bench):
    words = f"《{LAW}》第二条规定：“车辆不得堵住消防通道。”"
    assert words not in shown(bench.ground(draft_of(escalation=words)))


def test_a_verified_citation_in_prose_passes(bench):
    words = f"依照《{LAW}》第二条，请他挪车。"
    grounded = bench.ground(draft_of(escalation=words))
    assert (grounded.plan.escalation, grounded.status) == (words, "complete")


def test_a_repaired_citation_is_shown_repaired(bench):
    grounded = bench.ground(draft_of(escalation=f"依照《{LAW}》第二条第九款，请他挪车。"))
    assert grounded.plan.escalation == f"依照《{LAW}》第二条，请他挪车。"


def test_only_the_sentences_that_cite_falsely_go(bench):
    words = f"先劝。{INVENTED}说要罚。《{LAW}》第二条说不得堵。"
    grounded = bench.ground(draft_of(resident_script=words))
    assert grounded.plan.resident_script == f"先劝。《{LAW}》第二条说不得堵。"


def test_every_refusal_is_listed_once_with_its_reason(bench):
    words = f"{INVENTED}和{REPEALED}说要罚。"
    grounded = bench.ground(draft_of(resident_script=words, escalation=words))
    assert [r.verdict for r in grounded.rejected] == [
        VerdictKind.NOT_FOUND,
        VerdictKind.NOT_IN_FORCE,
    ]
    assert all(r.reason for r in grounded.rejected)


def test_a_bare_number_does_not_outlive_the_law_it_belongs_to(bench):
    words = f"《{LAW}》第二条说不得堵。第九十九条可以罚款五万元。"
    assert "五万元" not in shown(bench.ground(draft_of(escalation=words)))


def test_a_number_is_not_handed_to_another_law_when_its_own_goes(bench):
    words = f"《{LAW}》第一条要守规矩。{INVENTED}可以罚。同法第二条可以拘留。"
    assert "拘留" not in shown(bench.ground(draft_of(escalation=words)))


def test_the_rest_of_a_false_quotation_goes_with_it(bench_of, verbatim_library):
    words = f"《{LAW}》第二条规定：“违者处一百元罚款。再犯的拘留十日。”请知悉。"
    grounded = bench_of(over=verbatim_library).ground(draft_of(escalation=words))
    assert "拘留" not in shown(grounded)


def test_wording_on_the_next_line_goes_with_its_citation(bench):
    words = f"{INVENTED}规定：\n堵住通道的拘留十日。"
    assert "拘留" not in shown(bench.ground(draft_of(escalation=words)))


def test_a_field_that_held_nothing_else_says_something_was_removed(bench):
    grounded = bench.ground(draft_of(escalation=f"{INVENTED}规定。"))
    assert "未通过核验" in grounded.plan.escalation


def test_a_step_that_held_nothing_else_goes_and_the_rest_is_numbered_anew(bench):
    steps = (
        DraftStep(action=f"按{INVENTED}罚款", owner="甲", deadline_days=1),
        DraftStep(action="去看现场", owner="乙", deadline_days=1),
    )
    grounded = bench.ground(draft_of(steps=steps))
    assert [(s.order, s.owner) for s in grounded.plan.steps] == [(1, "乙")]


@pytest.mark.parametrize("field", ["parties", "facts"])
def test_a_false_citation_the_complaint_made_is_quoted_with_a_mark(bench_of, field):
    said = f"他说{INVENTED}规定车位归他。"
    grounded = bench_of(said).ground(draft_of(**{field: (DraftPoint(text=f"反映人称：{said}"),)}))
    text = getattr(grounded.analysis, field)[0].text
    assert INVENTED in text
    assert text.endswith("（原文引用的法条未通过核验，不予采信）")
    assert grounded.rejected[0].reason.startswith("诉求原文引用：")


def test_a_false_citation_the_complaint_made_is_marked_in_the_summary(bench_of):
    said = f"他说{INVENTED}规定车位归他。"
    grounded = bench_of(said).ground(draft_of(summary=said))
    assert grounded.analysis.summary.endswith("（原文引用的法条未通过核验，不予采信）")


@pytest.mark.parametrize("field", ["missing_facts", "disputes", "risks"])
def test_a_false_citation_the_complaint_made_is_taken_over_nowhere_else(bench_of, field):
    said = f"他说{INVENTED}规定车位归他。"
    grounded = bench_of(said).ground(draft_of(**{field: (DraftPoint(text=said),)}))
    assert INVENTED not in shown(grounded)


def test_an_honest_advice_on_a_complaint_with_a_false_citation_is_complete(bench_of):
    said = f"他说{INVENTED}规定车位归他。"
    grounded = bench_of(said).ground(draft_of(facts=(DraftPoint(text=said),)))
    assert grounded.status == "complete"


def test_a_writers_own_false_citation_is_not_passed_off_as_the_complaints(bench_of):
    said = f"他说{INVENTED}规定车位归他。"
    words = f"{said}{WRONG_NUMBER}也这么说。"
    grounded = bench_of(said).ground(draft_of(facts=(DraftPoint(text=words),)))
    assert "九十九" not in shown(grounded)


@pytest.mark.parametrize("field", ["parties", "facts", "missing_facts", "disputes", "risks"])
def test_unknown_evidence_ids_of_a_point_are_dropped(bench, field):
    point = DraftPoint(text="一句话", evidence=("L99", "P1", "P1", "X", "l1"))
    grounded = bench.ground(draft_of(**{field: (point,)}))
    assert getattr(grounded.analysis, field)[0].evidence == ("P1",)
    assert grounded.status == "partial"


def test_unknown_evidence_ids_of_steps_and_departments_are_dropped(bench):
    grounded = bench.ground(
        draft_of(
            steps=(DraftStep(action="看", owner="甲", deadline_days=1, evidence=("L99", "L1")),),
            competence=(DraftCompetence(department="乙", basis="管", evidence=("D9", "D1")),),
        )
    )
    assert grounded.plan.steps[0].evidence == ("L1",)
    assert grounded.plan.competence[0].evidence == ("D1",)
    assert grounded.status == "partial"


@pytest.mark.parametrize("id_", ["L99", "C1", "P1", ""])
def test_an_article_not_in_the_evidence_is_dropped(bench, id_):
    grounded = bench.ground(draft_of(basis=(DraftBasis(evidence_id=id_, why="示例"),)))
    assert grounded.legal_basis == ()
    assert grounded.status == "partial"


@pytest.mark.parametrize("id_", ["C99", "L1", ""])
def test_a_case_not_in_the_evidence_is_dropped(bench, id_):
    precedent = DraftPrecedent(evidence_id=id_, same=(), different=())
    grounded = bench.ground(draft_of(precedents=(precedent,)))
    assert grounded.precedents == ()
    assert grounded.status == "partial"


def test_the_text_of_an_article_is_the_corpus_own(bench):
    basis = bench.ground(draft_of()).legal_basis[0]
    assert (basis.law, basis.article) == (LAW, "第二条")
    assert basis.text == "车辆不得堵住消防通道。"
    assert basis.text_kind == "gist"


def test_the_official_wording_is_pasted_where_it_is_held(bench_of, verbatim_library):
    basis = bench_of(over=verbatim_library).ground(draft_of()).legal_basis[0]
    assert basis.text == "违者处一百元罚款。\n情节轻微的，可以不予处罚。"
    assert basis.text_kind == "verbatim"


def test_a_draft_has_no_place_for_the_text_of_an_article():
    with pytest.raises(ValueError, match="text"):
        DraftBasis(evidence_id="L1", why="示例", text="处五百元罚款")


def test_a_paragraph_that_exists_is_kept(bench_of, verbatim_library):
    draft = draft_of(basis=(DraftBasis(evidence_id="L1", why="示例", paragraph=2),))
    grounded = bench_of(over=verbatim_library).ground(draft)
    assert (grounded.legal_basis[0].paragraph, grounded.status) == (2, "complete")


def test_a_paragraph_that_does_not_exist_is_dropped(bench_of, verbatim_library):
    draft = draft_of(basis=(DraftBasis(evidence_id="L1", why="示例", paragraph=9),))
    grounded = bench_of(over=verbatim_library).ground(draft)
    assert (grounded.legal_basis[0].paragraph, grounded.status) == (None, "partial")


def test_a_paragraph_of_a_gist_is_not_shown(bench):
    draft = draft_of(basis=(DraftBasis(evidence_id="L1", why="示例", paragraph=1),))
    assert bench.ground(draft).legal_basis[0].paragraph is None


def test_an_article_or_case_named_twice_is_shown_once(bench):
    draft = draft_of()
    grounded = bench.ground(draft_of(basis=draft.basis * 3, precedents=draft.precedents * 2))
    assert (len(grounded.legal_basis), len(grounded.precedents)) == (1, 1)


def test_a_case_is_told_as_the_collection_holds_it(bench, knowledge):
    precedent = bench.ground(draft_of()).precedents[0]
    case = knowledge.cases[0]
    assert (precedent.case_id, precedent.title) == (case.id, case.title)
    assert precedent.measures == tuple(case.measures)
    assert precedent.source.url == case.source.url


def test_no_more_than_seven_steps_are_shown(bench):
    steps = tuple(DraftStep(action=f"第{n}步", owner="甲", deadline_days=n) for n in range(30))
    grounded = bench.ground(draft_of(steps=steps))
    assert len(grounded.plan.steps) == MAX_STEPS == 7
    assert grounded.status == "partial"


@pytest.mark.parametrize(("proposed", "shown_days"), [(-5, 0), (3, 3), (99_999, 365)])
def test_a_deadline_is_kept_within_reason(bench, proposed, shown_days):
    steps = (DraftStep(action="看", owner="甲", deadline_days=proposed),)
    assert bench.ground(draft_of(steps=steps)).plan.steps[0].deadline_days == shown_days


def test_what_evidence_set_aside_is_told_among_the_limits(bench):
    limits = bench.ground(draft_of()).limits
    assert any("示例已改法" in limit for limit in limits)
    assert "没有到过现场。" in limits


def test_the_law_of_the_complaints_day_decides_on_prose_too(bench_of):
    words = f"依照{REPEALED}，请他挪车。"
    grounded = bench_of(as_of=date(2019, 1, 1)).ground(draft_of(escalation=words, basis=()))
    assert grounded.plan.escalation == words
