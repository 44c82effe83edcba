"""What a terminal is told while a model writes."""

import pytest
from click.testing import CliRunner

from advisor.events import retold
from advisor.model import RETRIEVAL_LABEL
from advisor.settings import Settings
from api.cli import main
from api.cli.desk import Desk
from api.cli.progress import Progress

COMPLAINT = "邻居填土堵住了我家的排水沟，污水倒灌进院子。"


def test_each_step_is_told_with_its_seconds(sample_advice):
    said, ticks = [], iter(range(10))

    progress = Progress(said.append, lambda: float(next(ticks)))
    for event in retold(sample_advice(mode="llm")):
        progress(event)

    assert said == [
        "[1.0 秒] 办理判断：相邻排水纠纷，联办，较急",
        "[2.0 秒] 已选定法规 2 条、案例 1 个，大模型正在起草……",
        "[3.0 秒] 盘账分析已完成",
        "[4.0 秒] 清账方案已完成",
        "[5.0 秒] 法规支撑已完成",
        "[6.0 秒] 案例参考已完成",
    ]


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_progress_is_on_stderr_and_only_with_a_model(services, sample_advice, tmp_path, form):
    desk = Desk(Settings(home=tmp_path), services_of=lambda *_: services)
    run = CliRunner().invoke

    assert run(main, ["advise", COMPLAINT, *form], obj=desk).stderr == ""
    services.made_of = lambda: sample_advice(mode="llm")
    result = run(main, ["advise", COMPLAINT, *form], obj=desk)

    assert "盘账分析已完成" in result.stderr
    assert "已完成" not in result.stdout


def test_the_plain_text_has_the_label_given_and_the_mode_in_words(
    services, sample_advice, tmp_path
):
    desk = Desk(Settings(home=tmp_path), services_of=lambda *_: services)
    services.made_of = lambda: sample_advice(ai_label=RETRIEVAL_LABEL)

    lines = CliRunner().invoke(main, ["advise", COMPLAINT], obj=desk).stdout.splitlines()

    assert lines[:2] == [f"【{RETRIEVAL_LABEL}】", "生成方式：检索编排（未使用大模型）"]
