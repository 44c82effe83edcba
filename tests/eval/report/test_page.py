"""The page: one file that loads nothing, in which texts are only ever texts."""

import json
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from advisor.model import AdviceRequest
from eval.baseline import Baseline, Verdict
from eval.errors import EvalError
from eval.judge.agreement import Agreement
from eval.judge.grading import CriterionFigures, GradeFigures
from eval.report import write_report
from eval.report.page import Judged, render
from eval.run_file import CodeState, Material, Run, RunHeader, RunRow

HOSTILE = '</pre><script>alert(1)</script><img src="http://x.example/a" onerror=alert(1)>'
NOON = datetime(2026, 6, 1, 4, tzinfo=UTC)


class Tags(HTMLParser):
    """Every tag that opens, with its attributes."""

    def __init__(self, page):
        super().__init__()
        self.seen = []
        self.text = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)


def header(**changed):
    given = {
        "kind": "advice",
        "created": NOON,
        "command": "advisor-eval advice",
        "mode": "extractive",
        "code": CodeState(version="1", commit="abcdef0123456789"),
        "material": Material(name="own", sha256="0" * 64, cases=2),
        "corpus": "c",
        "index": "i",
        "prompts": {"advise/v1": "f" * 64},
        "settings": {"region": "浙江省"},
    }
    return RunHeader(**(given | changed))


def held(value, *, passed):
    row = Baseline(run="advice", measure="matter", expected=0.8, tolerance=0.02, direction="up")
    return Verdict(baseline=row, value=value, passed=passed, surpassed=False)


@pytest.fixture(scope="module")
def run(services):
    advice = services.advise(AdviceRequest(text="楼上卫生间漏水，他死活不开门"))
    detail = {
        "complaint": HOSTILE,
        "confidence": 0.7,
        "advice": json.loads(advice.model_dump_json()),
        "missed_points": ["plan：约楼上开门"],
        "sprung_traps": [{"kind": "criminal", "forbidden": ["各让一步"], "required": []}],
    }
    rows = (
        RunRow(case="leak", measures={"matter": 1.0, "traps": 1.0}, detail=detail, seconds=0.2),
        RunRow(case="crash", measures={"matter": 0.0}, error=HOSTILE, seconds=0.1),
    )
    return Run(header(), rows)


def test_nothing_is_loaded_and_no_text_becomes_a_tag(run):
    page = render([run], others=[run], created=NOON)
    tags = Tags(page)
    assert {"script", "img", "link", "iframe"}.isdisjoint(tag for tag, _ in tags.seen)
    assert not [
        a for _, attrs in tags.seen for a in attrs if a.startswith("on") or a in ("src", "href")
    ]
    assert "default-src 'none'" in page
    assert "".join(tags.text).count(HOSTILE) == 2


def test_worst_cases_stand_there_whole_with_what_they_lack(run):
    text = "".join(Tags(render([run], created=NOON)).text)
    for told in ("一、盘账分析", "四、案例参考", "约楼上开门", "各让一步", "其中 1 件出错"):
        assert told in text
    assert text.index("crash") < text.index("leak ·")


def test_a_run_on_other_material_or_with_other_measures_says_so(run):
    now = Run(header(measures={"matter": 2, "traps": 1}), run.rows)
    before = Run(header(measures={"matter": 1, "traps": 1}), run.rows)
    text = "".join(Tags(render([now], others=[before], created=NOON)).text)
    assert "这些指标的定义已变，不与对比的那一次相比：matter" in text
    assert "无变化" in text
    old = Material(name="old", sha256="1" * 64, cases=2)
    text = "".join(
        Tags(render([now], others=[Run(header(material=old), run.rows)], created=NOON)).text
    )
    assert "评测材料不同" in text


def test_baselines_and_grades_stand_apart(run):
    criterion = CriterionFigures(
        key="plan", name="办法", mean=3.5, low=3, high=4, own_sd=None, unquoted=0.1
    )
    judged = Judged(
        figures=GradeFigures(
            judge="m",
            prompt="grade/v1",
            answers=1,
            graded=1,
            repeats=1,
            failed=0,
            criteria=(criterion,),
        ),
        agreement=(Agreement(key="plan", name="办法", pairs=9, kappa=0.61, within_one=1.0),),
    )
    text = "".join(
        Tags(
            render(
                [run],
                verdicts=[held(0.7, passed=False), held(0.8, passed=True)],
                judged=judged,
                created=NOON,
            )
        ).text
    )
    for told in ("有 1 项低于基线", "不是确定性指标", "0.61（9 对）", "未测"):
        assert told in text
    assert text.index("基线核对") < text.index("处置建议") < text.index("大模型评议")


def test_the_page_appears_whole_or_not_at_all(run, tmp_path):
    out = tmp_path / "new" / "report.html"
    write_report([run], out)
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [path.name for path in out.parent.iterdir()] == ["report.html"]
    with pytest.raises(EvalError, match="无法写入"):
        write_report([run], tmp_path)
    assert not list(tmp_path.glob(".*"))
