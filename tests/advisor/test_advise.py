"""The use case: the straight path once through, stored before it is given."""

import json
import random
import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from advisor.advise import request_hash
from advisor.errors import IdempotencyConflict, RefusedInput, StoreFull
from advisor.model import Advice, AdviceRequest, LedgerRef
from advisor.store import InMemoryAdviceStore
from corpus.model import Status, VerdictKind

STORY = "小区车位不够，外面的车停进来，有人装地锁，晚上找不到车位。要求划清车位。"
LAW = "中华人民共和国示例停车法"


@pytest.fixture
def on(adviser):
    """The same adviser over another store or with another writer of the time."""
    return lambda **changes: replace(adviser, **changes)


@pytest.fixture
def advice(adviser):
    return adviser.advise(AdviceRequest(text=STORY))


class FullDisk(InMemoryAdviceStore):
    """A store that cannot keep anything more."""

    def save(self, record, audit, **more):
        raise StoreFull


class Starting(InMemoryAdviceStore):
    """A store in which two requests look for their key before either has stored anything."""

    def __init__(self):
        super().__init__()
        self._both_looked = threading.Barrier(2)

    def find_by_key(self, idempotency_key):
        found = super().find_by_key(idempotency_key)
        if found is None:
            self._both_looked.wait(30)
        return found


def test_the_advice_is_stored_before_it_is_given(advice, store):
    assert store.get(advice.id).payload == advice.model_dump_json()


def test_the_stored_columns_are_those_of_the_advice(advice, store):
    row = store.get(advice.id)
    assert (row.matter, row.region, row.mode, row.status) == (
        "parking",
        "浙江省嘉兴市秀洲区",
        "extractive",
        advice.status,
    )
    assert row.created_at == advice.created_at


def test_one_audit_row_is_written_without_the_complaints_text(advice, store):
    (entry,) = store.audit
    assert (entry.action, entry.advice_id) == ("advice.created", advice.id)
    assert "车位" not in str(entry)


def test_when_it_cannot_be_stored_nothing_is_given(on):
    with pytest.raises(StoreFull):
        on(store=FullDisk()).advise(AdviceRequest(text=STORY))


@pytest.mark.parametrize("text", ["", "hello world", "漏" * 20_001])
def test_a_refused_complaint_leaves_nothing_behind(adviser, store, text):
    with pytest.raises(RefusedInput):
        adviser.advise(AdviceRequest(text=text))
    assert store.list().items == ()
    assert store.audit == ()


def test_composing_stores_nothing(adviser, store):
    adviser.compose(AdviceRequest(text=STORY))
    assert store.list().items == ()


def test_composing_gives_what_advising_gives(adviser, advice):
    composed = adviser.compose(AdviceRequest(text=STORY))
    assert composed.model_copy(update={"id": advice.id}) == advice


def test_the_same_key_and_request_give_the_first_advice_again(adviser, store):
    first = adviser.advise(AdviceRequest(text=STORY), idempotency_key="k")
    assert adviser.advise(AdviceRequest(text=STORY), idempotency_key="k") == first
    assert len(store.list().items) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"text": "楼上漏水"},
        {"text": STORY, "region": "杭州市"},
        {"text": STORY, "occurred_on": date(2024, 1, 1)},
        {"text": STORY, "ledger_ref": LedgerRef(system="甲", id="1")},
    ],
)
def test_the_same_key_with_another_request_is_a_conflict(adviser, store, other):
    adviser.advise(AdviceRequest(text=STORY), idempotency_key="k")
    with pytest.raises(IdempotencyConflict):
        adviser.advise(AdviceRequest(**other), idempotency_key="k")
    assert len(store.list().items) == 1


def test_without_a_key_each_request_is_its_own(adviser, store):
    adviser.advise(AdviceRequest(text=STORY))
    adviser.advise(AdviceRequest(text=STORY))
    assert len(store.list().items) == 2


def test_another_key_is_another_advice(adviser):
    first = adviser.advise(AdviceRequest(text=STORY), idempotency_key="a")
    assert adviser.advise(AdviceRequest(text=STORY), idempotency_key="b").id != first.id


def _together(adviser, texts):
    given, refused = [], []

    def ask(text):
        try:
            given.append(adviser.advise(AdviceRequest(text=text), idempotency_key="k"))
        except IdempotencyConflict as error:
            refused.append(error)

    threads = [threading.Thread(target=ask, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given, refused


def test_two_at_once_with_one_key_get_one_advice(on):
    store = Starting()
    given, refused = _together(on(store=store), [STORY, STORY])
    assert (len(given), refused) == (2, [])
    assert given[0] == given[1]
    assert len(store.list().items) == 1


def test_of_two_different_ones_at_once_with_one_key_one_is_a_conflict(on):
    store = Starting()
    given, refused = _together(on(store=store), [STORY, "楼上漏水，天花板坏了"])
    assert (len(given), len(refused)) == (1, 1)
    assert len(store.list().items) == 1


def test_the_hash_tells_requests_apart_and_repeats_together():
    assert request_hash(AdviceRequest(text="一")) == request_hash(AdviceRequest(text="一"))
    assert request_hash(AdviceRequest(text="一")) != request_hash(AdviceRequest(text="二"))


def test_a_model_that_is_not_configured_is_refused(adviser, store):
    with pytest.raises(RefusedInput) as refused:
        adviser.advise(AdviceRequest(text=STORY, mode="llm"))
    assert refused.value.code == "no_model"
    assert store.list().items == ()


@pytest.mark.parametrize("mode", ["auto", "extractive"])
def test_without_a_model_the_answer_is_extractive(adviser, mode):
    assert adviser.compose(AdviceRequest(text=STORY, mode=mode)).mode == "extractive"


def test_the_law_of_the_day_of_the_facts_is_given(adviser):
    past = adviser.compose(AdviceRequest(text=STORY, occurred_on=date(2019, 1, 1)))
    assert {b.law for b in past.legal_basis} == {"示例旧停车法", "示例已改法"}
    assert past.complaint.occurred_on == date(2019, 1, 1)


def test_on_a_day_before_any_law_no_legal_conclusion_is_drawn(adviser):
    past = adviser.compose(AdviceRequest(text=STORY, occurred_on=date(1990, 1, 1)))
    assert past.legal_basis == ()
    assert any("不作法律结论" in limit for limit in past.limits)


def test_the_day_is_the_day_in_china(on):
    late = on(now=lambda: datetime(2025, 5, 31, 17, tzinfo=UTC))
    request = AdviceRequest(text=STORY, occurred_on=date(2025, 6, 1))
    assert late.compose(request).complaint.occurred_on == date(2025, 6, 1)


def test_in_another_province_no_rule_of_ours_appears(adviser):
    advice = adviser.compose(AdviceRequest(text=STORY, region="山东省济南市"))
    assert {b.region for b in advice.legal_basis} <= {"全国", "山东省", "山东省济南市"}
    assert "山东省示例停车条例" in {b.law for b in advice.legal_basis}


def test_in_another_province_the_shipped_pack_shows_no_rule_of_ours(services):
    story = "小区两百户人家只有六十个车位，外来车停满，消防通道也堵了，物业不管。"
    advice = services.adviser.compose(AdviceRequest(text=story, region="山东省济南市"))
    assert advice.matter.type == "parking_shortage"
    assert advice.legal_basis
    assert {b.region for b in advice.legal_basis} <= {"全国", "山东省", "山东省济南市"}


def test_the_original_is_kept_when_it_was_converted(adviser):
    advice = adviser.compose(AdviceRequest(text="小區車位不夠，外面的車停進來，找不到車位。"))
    assert advice.complaint.text == "小區車位不夠，外面的車停進來，找不到車位。"
    assert advice.matter.type == "parking"
    assert any("繁体" in limit for limit in advice.limits)


def test_a_danger_to_people_comes_first(adviser):
    advice = adviser.compose(AdviceRequest(text=STORY + "两家已经打架，有人受伤。"))
    first = advice.plan.steps[0]
    assert (first.action, first.deadline_days) == ("先报警并分开双方", 0)
    assert advice.triage.urgency == "紧急"
    assert advice.analysis.risks[0].text.startswith("可能有人身冲突")


def test_a_denied_danger_changes_nothing(adviser):
    advice = adviser.compose(AdviceRequest(text=STORY + "目前没有打架。"))
    assert advice.plan.steps[0].action == "到场看车位"
    assert advice.triage.urgency == "一般"


def test_an_unknown_matter_gets_the_general_way_and_says_so(adviser):
    advice = adviser.compose(AdviceRequest(text="春风吹过山岗，云朵在天上走。"))
    assert (advice.matter.type, advice.matter.abstained) == (None, True)
    assert [s.action for s in advice.plan.steps] == ["通用步骤1", "通用步骤2", "通用步骤3"]
    assert any("未能可靠识别" in limit for limit in advice.limits)


def test_a_false_citation_of_the_complaint_is_listed_and_not_taken_over(adviser):
    said = "小区车位不够，他说按《示例幻影法》第三条车位归他，要求按《示例幻影法》第三条处理。"
    advice = adviser.compose(AdviceRequest(text=said))
    assert [r.text for r in advice.rejected_citations] == ["《示例幻影法》第三条"]
    assert all("幻影" not in b.law for b in advice.legal_basis)
    taken = advice.plan.model_dump_json() + "".join(p.model_dump_json() for p in advice.precedents)
    assert "幻影" not in taken


def test_provenance_names_what_made_it(advice):
    made = advice.provenance
    assert (made.index, made.corpus, made.code) == ("示例索引", "示例语料", "0")
    assert (made.prompt, made.model) == (None, None)


def test_it_says_up_to_when_the_law_is_known(adviser, advice, library):
    assert advice.corpus_as_of == library.as_of
    assert str(library.as_of) in advice.limits[0]


def test_a_gist_is_said_to_be_none_of_the_wording(advice):
    assert any("要旨" in limit for limit in advice.limits)


FIELDS = {
    "": "id created_at schema_version mode ai_label status corpus_as_of complaint matter triage "
    "analysis plan legal_basis precedents limits rejected_citations provenance",
    "complaint": "text region occurred_on ledger_ref",
    "complaint.ledger_ref": "system id",
    "matter": "type name confidence alternatives abstained",
    "triage": "track urgency priority reasons",
    "analysis": "summary parties facts missing_facts disputes risks",
    "analysis.facts": "text evidence",
    "analysis.parties": "text evidence",
    "analysis.missing_facts": "text evidence",
    "analysis.disputes": "text evidence",
    "analysis.risks": "text evidence",
    "plan": "steps lead_department support_departments competence escalation resident_script",
    "plan.steps": "order action owner deadline_days evidence",
    "plan.competence": "department basis evidence",
    "legal_basis": "evidence_id law article paragraph text text_kind level region status "
    "effective_from why verdict source_url context",
    "precedents": "evidence_id case_id title matter place closed_on measures outcome days same "
    "different source",
    "precedents.source": "kind url publisher date",
    "provenance": "prompt model index corpus code embedder reranker trial",
}


@pytest.mark.parametrize("path", FIELDS)
def test_the_json_has_the_fields_of_the_contract(adviser, path):
    request = AdviceRequest(text=STORY, ledger_ref=LedgerRef(system="甲", id="1"))
    value = json.loads(adviser.compose(request).model_dump_json())
    for name in filter(None, path.split(".")):
        value = value[0] if isinstance(value, list) else value
        value = value[name]
    value = value[0] if isinstance(value, list) else value
    assert set(value) == set(FIELDS[path].split())


def test_the_json_of_a_refusal_has_the_fields_of_the_contract(adviser):
    advice = adviser.compose(AdviceRequest(text="车位不够，他说《示例幻影法》第三条管这个。"))
    (refusal,) = json.loads(advice.model_dump_json())["rejected_citations"]
    assert set(refusal) == {"text", "verdict", "reason"}


def test_an_advice_comes_back_from_json_as_it_was(advice):
    assert Advice.model_validate_json(advice.model_dump_json()) == advice


def test_times_carry_their_zone(advice):
    assert json.loads(advice.model_dump_json())["created_at"].endswith(("Z", "+00:00"))


def test_the_schema_is_version_one_and_the_label_stands_there(advice):
    assert advice.schema_version == 1
    assert advice.ai_label


def check_sound(advice, *, places):
    """What holds of every advice, whatever was pasted."""
    shown = {b.evidence_id for b in advice.legal_basis} | {p.evidence_id for p in advice.precedents}
    duties = {i for c in advice.plan.competence for i in c.evidence if i.startswith("D")}
    known = shown | duties | ({"P1"} if advice.matter.type else set())
    points = [
        p
        for part in ("parties", "facts", "missing_facts", "disputes", "risks")
        for p in getattr(advice.analysis, part)
    ]
    for piece in (*points, *advice.plan.steps, *advice.plan.competence):
        assert set(piece.evidence) <= known
    assert all(b.status is Status.IN_FORCE for b in advice.legal_basis)
    assert all(
        b.verdict in (VerdictKind.VERIFIED, VerdictKind.REPAIRED) for b in advice.legal_basis
    )
    assert {b.region for b in advice.legal_basis} <= set(places)
    assert 1 <= len(advice.plan.steps) <= 7
    assert all(s.owner.strip() and s.action.strip() for s in advice.plan.steps)
    assert [s.order for s in advice.plan.steps] == list(range(1, len(advice.plan.steps) + 1))
    assert advice.plan.lead_department
    assert advice.plan.resident_script
    assert 0 <= advice.triage.priority <= 100
    assert Advice.model_validate_json(advice.model_dump_json()) == advice


@pytest.fixture(scope="module")
def messages():
    file = Path(__file__).parents[3] / "shared" / "data" / "messages" / "backlog.xlsx"
    if not file.is_file():
        pytest.skip("../shared/data/messages is not here: real messages are needed")
    rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    at = [str(cell).strip() for cell in rows[0]].index("留言详情")
    texts = [str(row[at]).strip() for row in rows[1:] if str(row[at]).strip()]
    return random.Random(20250601).sample(texts, 300)


@pytest.mark.slow
def test_real_messages_are_all_answered_soundly(services, messages):
    ladder = ("全国", "浙江省", "浙江省嘉兴市", "浙江省嘉兴市秀洲区")
    for text in messages:
        advice = services.adviser.compose(AdviceRequest(text=text))
        check_sound(advice, places=ladder)


def test_our_own_story_is_answered_soundly(advice):
    check_sound(advice, places=("全国", "浙江省"))
