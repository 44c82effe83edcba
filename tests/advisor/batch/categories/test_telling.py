"""What stands for a subject where there is none."""

import pytest

from advisor.batch.categories import Telling


@pytest.mark.parametrize(
    ("subject", "text", "title"),
    [
        ("路灯", "坏了三天。", "路灯"),
        ("", "路灯坏了三天。没人修。", "路灯坏了三天"),
        ("", "灯坏", "灯坏"),
        ("", "长" * 200, "长" * 60),
        ("", "您好！路灯坏了。", "您好！路灯坏了"),
    ],
)
def test_the_opening_stands_for_a_missing_subject(subject, text, title):
    assert Telling(subject, text).title == title
