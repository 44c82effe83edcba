"""How like cases are measured: pairs by what the authority wrote, own cases passed over."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from advisor.matter import MatterRecognizer
from corpus.knowledge import load_knowledge
from corpus.ledger_rows import LedgerItem
from corpus.model import Case, CaseSource
from eval.case_pairs import MOST_REPLIES, SHARED_STRETCHES, STRETCH, find_pairs, halves
from eval.cases_command import cases
from eval.cases_measure import CaseQuery, measure, pack_queries, row_of, summarize
from eval.cli import main
from indexer.case_pool import CasePool
from indexer.case_score import WEIGHTS

FINDINGS = "".join(chr(0x4E00 + place) for place in range(STRETCH + SHARED_STRETCHES))


def item(title="路灯", reply="", text="路灯坏了"):
    return LedgerItem(place="1", title=title, text=text, reply=reply)


def pairs(*items):
    return [(one.first, one.second, one.grounds) for one in find_pairs(items)]


def test_replies_with_the_same_findings_make_a_pair():
    assert pairs(item(reply=FINDINGS), item(), item(reply=f"您好！{FINDINGS}")) == [
        (0, 2, ("answer",))
    ]
    assert pairs(item(reply=FINDINGS[:-10]), item(reply=FINDINGS)) == []


def test_what_many_replies_say_is_no_finding():
    assert pairs(*[item(reply=FINDINGS)] * (MOST_REPLIES + 1)) == []


@pytest.mark.parametrize(
    "cited", ["《示例市停车收费管理办法》", "示例市政发〔2018〕12号", "示例市政发[2018]12号"]
)
def test_replies_that_rest_on_one_document_make_a_pair(cited):
    assert pairs(item(reply=f"根据{cited}答复"), item(reply=f"根据{cited}")) == [
        (0, 1, ("document",))
    ]


@pytest.mark.parametrize("cited", ["《中华人民共和国示例管理办法》", "《停车许可证》", "第12号"])
def test_national_law_and_certificates_make_none(cited):
    assert pairs(item(reply=f"根据{cited}"), item(reply=f"根据{cited}")) == []


@pytest.mark.parametrize(
    ("first", "second", "paired"),
    [
        ("反映B2市金桂花园停车问题", "投诉B2市金桂花园物业", True),
        ("反映B2市金桂花园停车问题", "投诉B3市金桂花园物业", False),
        ("反映B2市示例镇金桂花园停车", "投诉B2市示例镇金桂花园物业", True),
        ("反映B2市示例镇停车", "投诉B2市示例镇物业", False),
        ("希望B2市有关部门管管", "请求B2市有关部门处理", False),
        ("反映金桂花园停车问题", "反映金桂花园停车问题", False),
    ],
)
def test_subjects_that_name_the_same_thing_of_one_area_make_a_pair(first, second, paired):
    assert bool(pairs(item(first), item(second))) is paired


def test_what_hangs_together_lies_in_one_half():
    one = "示例市政发〔2018〕12号"
    other = "示例市政发〔2019〕30号"
    found = find_pairs([item(reply=one), item(reply=one + other), item(reply=other)])
    assert len(found) == 2
    assert len(set(halves(found).values())) == 1


def case(id_, facts, *matters):
    return Case(
        id=id_,
        title="",
        matters=matters,
        place="示例村",
        facts=facts,
        measures=["更换"],
        outcome="修好。",
        source=CaseSource(kind="ledger"),
    )


def test_the_packs_cases_are_asked_for_those_of_the_same_matter():
    given = [case("a", "路灯", "lamp"), case("b", "灯", "lamp", "road"), case("c", "狗", "dog")]
    assert [(one.own, one.relevant) for one in pack_queries(given)] == [("a", {"b"}), ("b", {"a"})]


def test_a_row_counts_every_case_at_the_rank_at_which_it_stands():
    query = CaseQuery("x", "own", "路灯", frozenset({"a", "b", "c", "d"}))
    row = row_of(query, [frozenset({"z"}), frozenset({"a", "b"}), frozenset(), frozenset({"c"})])
    assert row.ranks == (2, 2, 4)
    assert row.measures == {
        "Recall@1": 0,
        "Recall@3": 0.5,
        "Recall@5": 0.75,
        "Recall@10": 0.75,
        "hit@3": 1,
        "MRR@10": 0.5,
    }
    none = row_of(query, [])
    assert set(none.measures.values()) == {0}
    assert summarize([row, none])[0].measures["MRR@10"] == 0.25


def test_a_query_never_finds_itself():
    knowledge = replace(load_knowledge(), cases=())
    query = CaseQuery("x", "a", "晾谷场路灯坏了", frozenset({"b"}))
    pool = CasePool.of([case("a", "晾谷场路灯坏了"), case("b", "晾谷场的灯")])
    recognizer = MatterRecognizer(())
    (row,) = measure([query], pool, recognizer, knowledge, weights=WEIGHTS)
    assert row.ranks == (1,)


def test_the_command_reports_both_scores_and_writes_a_row_for_each_query(tmp_path, monkeypatch):
    monkeypatch.setenv("ADVISOR_HOME", str(tmp_path))
    monkeypatch.setenv("ADVISOR_EMBEDDER", "none")
    rows = tmp_path / "rows.jsonl"
    done = CliRunner().invoke(cases, ["--rows", str(rows), "--json"])
    assert done.exit_code == 0, done.output
    report = json.loads(done.output)
    assert report["pairs"] == 0
    parts = {part["part"]: part for part in report["parts"]["now"]}
    assert parts.keys() == {"pack-tune", "pack-test"}
    written = [json.loads(line) for line in rows.read_text(encoding="utf-8").splitlines()]
    assert len(written) == 2 * sum(part["queries"] for part in parts.values())
    assert {one["score"] for one in written} == {"before", "now"}


def test_a_folder_without_the_messages_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("ADVISOR_HOME", str(tmp_path))
    done = CliRunner().invoke(main, ["cases", "--messages", str(tmp_path)])
    assert done.exit_code == 1
    assert "resolved_messages.xlsx" in done.output
