"""Gists against the articles: about them, in our own words; the thresholds as measured."""

import random
from datetime import date
from pathlib import Path

import pytest

from corpus.collection import open_collection
from corpus.errors import CorpusError
from corpus.knowledge import Knowledge, load_knowledge
from corpus.library import Library
from corpus.lint import gist_versions, grave, lint
from corpus.lint_texts import DOUBTFUL, WRONG, LawText, Overlap, text_findings
from corpus.model import (
    ArticleNumber,
    ArticleRef,
    Duty,
    Gist,
    GistStatute,
    Level,
    TextKind,
)

TITLE = "中华人民共和国示例停车法"
ARTICLES = {
    1: "停车泊位由街道办事处统一编号，车主凭编号停放。",
    2: "消防通道禁止停放机动车，违者由消防救援机构责令改正。",
    3: "公共停车场按照小时收费，收费标准由价格主管部门核定。",
    4: "充电车位仅供新能源汽车充电时停放，充满后应当驶离。",
    5: "残疾人专用车位不得占用，公安机关交通管理部门负责查处。",
    6: "村庄空地可以由村民会议决定设置临时停车场，收益归集体所有。",
    7: "物业服务企业管理共有车位，收支每半年公布一次。",
    8: "学校门前上下学时段可以设置即停即走区，停留不超过五分钟。",
}
LAW = f"# {TITLE}\n\n2020年6月1日 示例代表大会通过\n\n<!-- INFO END -->\n\n" + "\n\n".join(
    f"第{'一二三四五六七八'[n - 1]}条 {text}" for n, text in ARTICLES.items()
)


def gist(article: str, words: str, **changed: object) -> Gist:
    values = {"article": article, "gist": words, "phrasings": ["甲", "乙"], "topics": ["停车"]}
    return Gist.model_validate(values | changed)


def statute(*gists: Gist) -> GistStatute:
    return GistStatute(
        title=TITLE,
        level=Level.LAW,
        version=date(2020, 6, 1),
        effective_from=date(2020, 6, 1),
        source="示例",
        articles=list(gists),
    )


@pytest.fixture
def laws(tmp_path: Path) -> Path:
    folder = tmp_path / "laws"
    (folder / "行政法").mkdir(parents=True)
    (folder / "行政法/示例停车法(2020-06-01).md").write_text(LAW, encoding="utf-8")
    (folder / "行政法/无关的办法(2020-06-01).md").write_text(
        LAW.replace(TITLE, "无关的办法"), encoding="utf-8"
    )
    return folder


def opened(laws: Path, tmp_path: Path, *gists: Gist, **changed: object) -> Library:
    knowledge = Knowledge(statutes=(statute(*gists),), **changed)  # type: ignore[arg-type]
    return open_collection(laws, knowledge, tmp_path / "lint.db")


def told(library: Library) -> list[tuple[str, str]]:
    return [(one.severity, f"{one.where} {one.message}") for one in text_findings(library)]


def test_only_texts_our_knowledge_names_are_read(laws: Path, tmp_path: Path) -> None:
    library = opened(laws, tmp_path, gist("第二条", "消防通道上不准停车。"))
    assert [one.title for one in library.statutes()] == [TITLE]


def test_a_folder_without_our_laws_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "nowhere"):
        with pytest.raises(CorpusError, match="法规"):
            open_collection(folder, Knowledge(), tmp_path / "lint.db")


def test_a_gist_of_its_article_is_sound(laws: Path, tmp_path: Path) -> None:
    library = opened(laws, tmp_path, gist("第二条", "消防通道上不准停机动车，消防可以责令改。"))
    assert told(library) == []


def test_a_gist_under_the_wrong_number_is_found(laws: Path, tmp_path: Path) -> None:
    library = opened(laws, tmp_path, gist("第八条", "消防通道禁止停放，消防救援机构责令改正。"))
    ((severity, words),) = told(library)
    assert severity in ("error", "warning")
    assert "第八条" in words
    assert "排第" in words


def test_a_copied_gist_is_found(laws: Path, tmp_path: Path) -> None:
    library = opened(laws, tmp_path, gist("第二条", f"就是说，{ARTICLES[2]}"))
    assert [(one[0], "连续相同" in one[1]) for one in told(library)] == [("error", True)]


def test_a_copied_duty_is_found_and_a_long_name_is_not(laws: Path, tmp_path: Path) -> None:
    ref = ArticleRef(law=TITLE, article="第五条")
    copied = Duty(id="copied", department="交警", power=f"管停车：{ARTICLES[5]}", basis=[ref])
    named = Duty(
        id="named",
        department="公安机关交通管理部门负责查处专用车位占用的机构",
        power="公安机关交通管理部门负责查处专用车位占用的机构管专用车位。",
        basis=[ref],
    )
    library = opened(laws, tmp_path, gist("第二条", "消防通道禁停机动车。"), duties=(copied, named))
    assert [words.split()[0] for _, words in told(library)] == ["权责copied"]


def test_overlap_is_highest_with_its_own_article() -> None:
    law = LawText({ArticleNumber(n): text for n, text in ARTICLES.items()})
    own = gist("第六条", "村里空地搞临时停车场要村民会议定，收益归集体。")
    assert law.overlap(own, ArticleNumber(6)).rank == 1
    assert law.overlap(own, ArticleNumber(1)).score < law.overlap(own, ArticleNumber(6)).score
    assert law.overlap(own, ArticleNumber(99)).score == 0.0


def test_versions_tell_what_is_in_force(laws: Path, tmp_path: Path) -> None:
    (one,) = gist_versions(
        opened(laws, tmp_path, gist("第二条", "消防通道禁停。")), date(2024, 1, 1)
    )
    assert (one.gists_of, one.in_force) == (date(2020, 6, 1), date(2020, 6, 1))


def test_a_newer_version_without_gists_is_told(laws: Path, tmp_path: Path) -> None:
    newer = LAW.replace("2020年6月1日", "2023年6月1日")
    (laws / "行政法/示例停车法(2023-06-01).md").write_text(newer, encoding="utf-8")
    library = opened(laws, tmp_path, gist("第二条", "消防通道上不准停机动车。"))
    found = [one.message for one in lint(library, on=date(2024, 1, 1))]
    assert [one for one in found if "2023-06-01的版本" in one]


# The shipped knowledge against the real collection.


@pytest.fixture(scope="module")
def shipped(real_laws: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    store = tmp_path_factory.mktemp("lint") / "corpus.db"
    return open_collection(real_laws, load_knowledge(), store)


def test_the_shipped_knowledge_holds_against_the_collection(shipped: Library) -> None:
    found = lint(shipped, on=date.today())
    assert not grave(found), "\n".join(
        f"{one.where} {one.message}" for one in found if one.severity == "error"
    )


def test_the_thresholds_tell_right_gists_from_moved_ones(shipped: Library) -> None:
    chosen = random.Random(11)
    right: list[Overlap] = []
    moved: list[Overlap] = []
    for volumes in shipped.shelf.volumes.values():
        for volume in volumes:
            if volume.statute.text_kind is not TextKind.VERBATIM or len(volume.gists) < 3:
                continue
            texts = {one.number: one.text for one in shipped.articles_of(volume.statute)}
            law = LawText(texts)
            for number, one in volume.gists.items():
                if number not in texts:  # it stands in another part of the code
                    continue
                other = chosen.choice([n for n in texts if n != number])
                right.append(law.overlap(one, number))
                moved.append(law.overlap(one, other))
    assert len(right) > 500
    assert share_beyond(right, DOUBTFUL) < 0.03
    assert share_beyond(moved, DOUBTFUL) > 0.9
    assert share_beyond(moved, WRONG) > 0.8


def share_beyond(found: list[Overlap], bounds: tuple[int, float]) -> float:
    beyond = [one for one in found if one.rank > bounds[0] and one.score < bounds[1]]
    return len(beyond) / len(found)
