from datetime import date

from corpus.model import Level, Statute, TextKind
from corpus.store_rows import StoredStatute
from corpus.twins import by_title, without_twins


def text(
    version: date | None, effective: date | None, sha: str, title: str = "示例法"
) -> StoredStatute:
    statute = Statute(
        id=f"{version}{effective}{sha}",
        title=title,
        level=Level.LAW,
        region=(),
        text_kind=TextKind.VERBATIM,
        version=version,
        effective_from=effective,
    )
    return StoredStatute(statute, 1, sha)


def kept(*group: StoredStatute) -> tuple[int, int]:
    twins: list[Statute] = []
    return len(without_twins(group, twins)), len(twins)


def test_what_is_the_same_version() -> None:
    may, june = date(2022, 5, 1), date(2022, 6, 1)
    assert kept(text(may, june, "a"), text(may, june, "a")) == (1, 1)
    assert kept(text(may, june, "a"), text(None, None, "a")) == (1, 1)
    assert kept(text(may, june, "a"), text(date(2022, 5, 20), june, "b")) == (1, 1)


def test_what_is_another_version() -> None:
    may, june = date(2022, 5, 1), date(2022, 6, 1)
    assert kept(text(may, june, "a"), text(date(2023, 5, 1), date(2023, 6, 1), "a")) == (2, 0)
    assert kept(text(may, june, "a"), text(may, date(2022, 9, 1), "b")) == (2, 0)
    assert kept(text(may, june, "a"), text(None, None, "b")) == (2, 0)


def test_titles_are_grouped_by_their_key() -> None:
    named = "最高人民法院关于示例的规定"
    groups = by_title(
        [text(None, None, "a", title) for title in (named, "关于示例的规定", "关于别的规定")]
    )
    assert {key: len(group) for key, group in groups.items()} == {named: 2, "关于别的规定": 1}
