"""From story to articles: what is counted, what leaving a matter out does, and what is reported."""

import json
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner

from advisor.bootstrap import Services
from corpus.knowledge import Knowledge
from corpus.model import ArticleNumber
from eval.dataset import article_key
from eval.stories import DEFAULT_STORIES, CitedArticle, Story, Told, Unanswerable, read_stories
from eval.stories_command import Run, report_of, stories, table
from eval.stories_measure import (
    Ranked,
    StoryRow,
    TextRow,
    means,
    measure_left_out,
    measure_stories,
    measure_unanswerable,
    parts,
    ranked,
    with_knowledge,
)

DAY = date(2026, 6, 1)
CIVIL_CODE = "中华人民共和国民法典"
LEAK = "楼上卫生间漏水，我家天花板都泡坏了，叫他修他不肯修。"
RUN = Run(dataset="s", dataset_sha256="0", index="i", leave_out_matter=False)


def cited(law, *articles):
    return tuple(CitedArticle(law=law, article=article) for article in articles)


def key(law, number):
    return article_key(law, ArticleNumber(number))


def story(*core, acceptable=(), text=LEAK):
    return Story(
        id="a",
        text=text,
        as_of=DAY,
        core=cited("甲法", *core),
        acceptable=cited("甲法", *acceptable),
    )


def given(shown=2, right=1, ms=1.0, **measures):
    return Ranked(found_at=(), shown=shown, right=right, measures=measures, milliseconds=ms)


def row(source="own", matter="x", search=None, basis=None):
    one = given(**{"hit@5": 1.0})
    return StoryRow(
        id="a",
        source=source,
        matter=matter,
        left_out=None,
        search=search or one,
        basis=basis or one,
    )


def test_ranks_measures_and_what_is_right_are_held_against_the_labels():
    found = ranked(
        [key("甲法", 9), key("甲法", 2), key("甲法", 3)],
        story("第二条", "第四条", acceptable=("第三条",)),
        5.0,
    )
    assert found.found_at == (0, 2)
    assert (found.shown, found.right) == (3, 2)
    assert found.measures == {"hit@5": 1.0, "hit@10": 1.0, "Recall@10": 0.5}


def test_what_stands_after_the_fifth_counts_for_ten_only():
    found = ranked([key("乙法", n) for n in range(1, 6)] + [key("甲法", 2)], story("第二条"), 1.0)
    assert found.measures == {"hit@5": 0.0, "hit@10": 1.0, "Recall@10": 1.0}


def test_a_story_without_an_article_has_no_measures():
    found = ranked([key("甲法", 1)], story(), 1.0)
    assert (found.measures, found.shown, found.right) == ({}, 1, 0)


def test_precision_is_over_all_that_is_shown_for_stories_with_a_core_article():
    found = means(
        [
            given(shown=4, right=1, ms=10.0, **{"hit@5": 1.0}),
            given(shown=0, right=0, ms=20.0, **{"hit@5": 0.0}),
            given(shown=6, right=0, ms=30.0),
        ]
    )
    assert found.measures == {"hit@5": 0.5}
    assert (found.precision, found.shown, found.silent) == (0.25, 2.0, 0.5)
    assert found.useful == 0.5
    assert found.p95_ms == pytest.approx(29.0)


def test_nothing_shown_at_all_is_a_precision_of_zero():
    assert means([given(shown=0, right=0, **{"hit@5": 0.0})]).precision == 0.0


def test_parts_tell_our_stories_from_real_messages_and_leave_out_what_is_not_there():
    idle = given()
    of_both = parts([row(), row(source="m.xlsx"), row(source="m.xlsx", search=idle, basis=idle)])
    assert [(one.name, one.stories) for one in of_both] == [
        ("全部", 2),
        ("自写", 1),
        ("真实留言", 1),
    ]
    assert [one.name for one in parts([row()])] == ["全部", "自写"]


def test_the_report_counts_articles_where_there_should_be_none():
    right, wrong = given(shown=1, right=1), given(shown=2, right=1)
    rows = [row(), row(search=right, basis=right, matter=None), row(search=wrong, basis=wrong)]
    texts = [
        TextRow(id="u", kind="天气", matter=None, search=0, basis=0),
        TextRow(id="v", kind="诗文", matter=None, search=10, basis=0),
        TextRow(id="w", kind="诗文", matter="x", search=10, basis=4),
    ]
    report = report_of(RUN, rows, texts)
    assert report.recognised == pytest.approx(2 / 3)
    assert (report.idle, report.idle_shown) == (2, 0.5)
    assert (report.texts, report.texts_shown) == (3, pytest.approx(1 / 3))
    assert report.texts_found == pytest.approx(2 / 3)
    left_out = report.model_copy(update={"run": RUN.model_copy(update={"leave_out_matter": True})})
    assert "检索有结果 66.7%" in table(report)
    assert "逐条去掉所属指引" not in table(report)
    assert "逐条去掉所属指引" in table(left_out)


def test_advice_and_search_are_held_against_the_story(services: Services):
    asked = Story(
        id="leak",
        text=LEAK,
        region=("浙江省", "嘉兴市"),
        as_of=DAY,
        core=cited(CIVIL_CODE, "第二百八十八条"),
    )
    (found,) = measure_stories([Told(asked, LEAK)], services.adviser)
    assert found.matter == services.adviser.recognizer.recognise(LEAK).type
    assert found.left_out is None
    assert found.search.shown == 10
    assert found.basis.shown > 0
    assert found.basis.milliseconds > 0


def test_with_its_matter_left_out_a_story_is_recognised_as_another_or_not_at_all(
    services: Services,
):
    told = Told(story("第一条"), LEAK)
    plain, plain_again = measure_stories([told, told], services.adviser)
    without, again = measure_left_out([told, told], services.adviser)
    assert plain.matter is not None
    assert plain.left_out is None
    assert without.left_out == plain.matter
    assert without.matter != plain.matter
    assert again.matter == without.matter
    assert plain_again.basis.found_at == plain.basis.found_at


def test_rows_left_out_come_in_the_order_of_the_stories(services: Services):
    texts = (LEAK, "今天天气真好。", "老板拖欠我们民工三个月工资。", LEAK)
    told = [Told(story("第一条").model_copy(update={"id": str(n)}), t) for n, t in enumerate(texts)]
    found = measure_left_out(told, services.adviser)
    assert [one.id for one in found] == ["0", "1", "2", "3"]
    assert found[0].left_out == found[3].left_out
    assert found[1].left_out is None


def test_knowledge_without_a_matter_teaches_the_recogniser_too(services: Services):
    known = services.knowledge
    book = known.playbook("upstairs_leak")
    assert book is not None
    bare: Knowledge = replace(known, playbooks=(book,))
    adviser = with_knowledge(services.adviser, bare)
    assert {one.playbook.id for one in adviser.recognizer.score(LEAK)} == {"upstairs_leak"}
    assert adviser.writer is None


def test_a_text_that_intake_refuses_shows_nothing(services: Services):
    texts = (Unanswerable(id="e", text=" ", kind="无意义"),)
    (found,) = measure_unanswerable(texts, services.adviser)
    assert (found.matter, found.basis, found.search) == (None, 0, 0)


def test_the_command_reports_and_writes_a_row_for_each(
    tmp_path, services: Services, monkeypatch: pytest.MonkeyPatch
):
    own = [one for one in read_stories(DEFAULT_STORIES).stories if one.text][:3]
    path, out = tmp_path / "s.jsonl", tmp_path / "rows.jsonl"
    path.write_text("\n".join(one.model_dump_json() for one in own), encoding="utf-8")
    monkeypatch.setenv("ADVISOR_HOME", str(services.settings.home))
    asked = ["--dataset", str(path), "--rows", str(out), "--leave-out-matter", "--json"]
    result = CliRunner().invoke(stories, asked)
    report = json.loads(result.stdout)
    assert report["run"]["leave_out_matter"] is True
    assert report["parts"][0]["stories"] == 3
    assert 0 <= report["parts"][0]["basis"]["measures"]["hit@10"] <= 1
    lines = out.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 3 + report["texts"]


def test_cases_are_not_measured_with_the_trees_of_a_cross_validation(tmp_path):
    result = CliRunner().invoke(stories, ["--cases", "--rankers", str(tmp_path)])
    assert result.exit_code == 2
    assert "--rankers" in result.output
