"""What is compared of an advice: its statements, its own words, its articles."""

import pytest

from corpus.model import Duty
from eval.case_answer import names_of, without_echo


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("反映的是：面包车天天堵着消防通道", "反映的是：\n"),
        ("面包车天天堵", "面包车天天堵"),
        ("先挪车。面包车天天堵着消防通道，再画线", "先挪车。\n，再画线"),
        ("没有一样的话", "没有一样的话"),
    ],
)
def test_eight_characters_in_a_row_are_the_complaints(text, left):
    found = without_echo(text, ["听说面包车天天堵着消防通道"])
    assert "\n".join(filter(None, found.split("\n"))) == left.strip("\n").replace("\n，", "\n，")


def test_a_text_shorter_than_a_run_is_left_alone():
    assert without_echo("短", ["短"]) == "短"


def test_a_department_is_found_by_any_name():
    duty = Duty.model_validate(
        {
            "id": "fire",
            "department": "消防救援机构",
            "aliases": ["消防大队"],
            "power": "检查",
            "basis": [{"law": "示例法", "article": "第一条"}],
        }
    )
    assert names_of([duty]) == {"消防大队": "消防救援机构", "消防救援机构": "消防救援机构"}
