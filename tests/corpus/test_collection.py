"""A folder of law texts is found however it is written, and hidden files in it are left alone."""

from pathlib import Path

import pytest

from corpus.collection import open_collection
from corpus.errors import CorpusError
from corpus.knowledge import Knowledge
from corpus.model import ArticleRef, Duty

TEXT = "# 示例停车条例\n\n2020年1月1日 示例会议通过\n\n<!-- INFO END -->\n\n第一条 车要停好。\n"
SPEAKING = Knowledge(
    duties=(
        Duty(
            id="parking",
            department="示例局",
            power="管停车",
            basis=(ArticleRef(law="示例停车条例", article="第一条"),),
        ),
    )
)


@pytest.fixture
def laws(tmp_path: Path) -> Path:
    folder = tmp_path / "laws"
    folder.mkdir()
    (folder / "示例停车条例.md").write_text(TEXT, "utf-8")
    (folder / "示例别的条例.md").write_text(TEXT.replace("停车", "别的"), "utf-8")
    (folder / ".old").mkdir()
    (folder / ".old" / "示例停车条例.md").write_text(TEXT.replace("停好", "停歪"), "utf-8")
    return folder


def test_only_what_our_knowledge_names_is_read(laws: Path, tmp_path: Path) -> None:
    library = open_collection(laws, SPEAKING, tmp_path / "corpus.db")
    assert [one.title for one in library.statutes()] == ["示例停车条例"]


def test_a_path_through_the_folder_above_is_no_hidden_one(
    laws: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    monkeypatch.chdir(inside)
    library = open_collection(Path("../laws"), SPEAKING, tmp_path / "corpus.db")
    assert len(library.versions("示例停车条例")) == 1


def test_a_folder_with_none_of_the_texts_is_said_so(laws: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="没有知识所引用的法规文本"):
        open_collection(laws, Knowledge(), tmp_path / "corpus.db")
    with pytest.raises(CorpusError, match="不存在"):
        open_collection(tmp_path / "none", SPEAKING, tmp_path / "corpus.db")
