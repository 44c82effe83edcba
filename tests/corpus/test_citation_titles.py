from corpus.citation_titles import titles


def test_each_title_is_given_with_its_span() -> None:
    text = "依《示例法》和《示例条例》"
    assert titles(text) == [("示例法", 1, 6), ("示例条例", 7, 13)]
    assert [text[start:stop] for _, start, stop in titles(text)] == ["《示例法》", "《示例条例》"]


def test_a_title_may_hold_another() -> None:
    (found,) = titles("《关于适用《示例法》的解释》第三条")
    assert found == ("关于适用《示例法》的解释", 0, 14)


def test_marks_that_close_nothing_hold_no_title() -> None:
    assert titles("《") == []
    assert titles("《》") == []
    assert titles("《示例\n法》") == []
    assert [name for name, _, _ in titles("《《示例法》")] == ["示例法"]
