from corpus.model import ArticleNumber
from corpus.run_on import split_run_on


def split(text: str, end: int | None) -> tuple[list[tuple[int, str]], list[str]]:
    oddities: list[str] = []
    pieces = split_run_on([(ArticleNumber(1), text)], end, oddities)
    return [(number.main, piece) for number, piece in pieces], oddities


def test_missing_numbers_are_found_inside_the_text() -> None:
    pieces, oddities = split("甲。 乙。 第二条 丙。第三条丁有权。", 4)
    assert pieces == [(1, "甲。\n乙。"), (2, "丙。"), (3, "丁有权。")]
    assert len(oddities) == 2


def test_a_mention_is_no_article() -> None:
    pieces, oddities = split("依照第二条办理，适用第二条规定。", 3)
    assert pieces == [(1, "依照第二条办理，适用第二条规定。")]
    assert oddities == ["来源缺少第二条"]


def test_nothing_is_looked_for_without_a_gap() -> None:
    assert split("甲。第二条 乙。", 2) == ([(1, "甲。第二条 乙。")], [])
    assert split("甲。第二条 乙。", None) == ([(1, "甲。第二条 乙。")], [])
