"""A small collection of our own invention, laid out as the public one is."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from corpus.ingest import add
from corpus.knowledge import Knowledge
from corpus.library import Library
from corpus.limited_parser import LimitedParser
from corpus.model import Gist, GistStatute, Level, Revision, Succession
from corpus.store import CorpusStore

REAL_LAWS = Path(__file__).parents[2].parent / "shared" / "data" / "laws"

PARKING_2015 = """# 中华人民共和国示例停车法

2015年3月1日 示例代表大会通过

<!-- INFO END -->

## 第一章  总则

第一条 为了测试停车，写下本法。

第二条 停车应当有序。

不得堵塞通道：

（一）消防通道；

（二）盲道。

## 第二章  附则

第三条 本法自2015年5月1日起施行。
"""
PARKING_2020 = """# 中华人民共和国示例停车法

2015年3月1日 示例代表大会通过

2020年6月1日 示例代表大会修订

<!-- INFO END -->

## 第一章  总则

第一条 为了测试停车，重写本法。

第二条 停车应当更加有序。

第二条之一 鼓励共享车位。

## 第二章  附则

第三条 本法自2020年9月1日起施行。

附件：示例车位图
"""
CODE_GENERAL = """# 中华人民共和国示例法典

# 总则

2019年1月1日 示例代表大会通过

2019年7月1日 施行

<!-- INFO END -->

第一条 总则第一条的文字。

第二条 总则第二条的文字。
"""
CODE_PROPERTY = """# 中华人民共和国示例法典

# 物权编

2019年1月1日 示例代表大会通过

2019年7月1日 施行

<!-- INFO END -->

第三条 物权编第一条的文字。

第四条 物权编第二条的文字。
"""
DOGS = """# 宁波市示例养犬条例

2018年3月1日 宁波市示例会议通过

<!-- INFO END -->

第一条 犬只应当牵绳。

第二条 本条例自2018年6月1日起施行。
"""
ENDED = """# 示例旧办法

1999年1月1日 示例部门发布

<!-- INFO END -->

第一条 旧办法的文字。
"""
DECISION = """# 示例会议关于示例事项的决定

2017年2月3日 示例会议通过

<!-- INFO END -->

一、示例事项照办。
"""
CASE = """# 楼上漏水怎么赔

<!-- INFO END -->

## 赵某诉钱某漏水案

## 基本案情

住在杭州市西湖区的赵某家中漏水。

## 裁判结果

浙江省杭州市西湖区人民法院判令钱某修复。

## 典型意义

依照《示例停车法》第二条，邻里应当互让。
"""

COLLECTION = {
    "民法典/总则.md": CODE_GENERAL,
    "民法典/物权编.md": CODE_PROPERTY,
    "行政法/示例停车法(2015-03-01).md": PARKING_2015,
    "行政法/示例停车法(2020-06-01).md": PARKING_2020,
    "部门规章/示例部/示例旧办法(1999-01-01).md": ENDED,
    "DLC/浙江地方法规/地方性法规/浙江/宁波市示例养犬条例(2018-03-01).md": DOGS,
    "宪法相关法/示例会议关于示例事项的决定(2017-02-03).md": DECISION,
    "案例/邻里/赵某诉钱某漏水案.md": CASE,
    "案例/_index.md": "---\nbookCollapseSection: true\n---\n",
    "行政法/空文(2020-01-01).md": "# 空文\n\n2020年1月1日 通过\n\n<!-- INFO END -->\n\n",
}


def write_flags(path: Path, rows: list[tuple[str, str, str | None, int, str | None]]) -> None:
    """A database of flags: folder, name, publish, expired, valid_from."""
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE category (id TEXT, name TEXT, folder TEXT)")
    connection.execute(
        "CREATE TABLE law (category_id TEXT, name TEXT, filename TEXT, publish TEXT,"
        " expired INTEGER, valid_from TEXT)"
    )
    for folder, name, publish, expired, valid_from in rows:
        connection.execute("INSERT INTO category VALUES (?, ?, ?)", (folder, folder, folder))
        connection.execute(
            "INSERT INTO law VALUES (?, ?, NULL, ?, ?, ?)",
            (folder, name, publish, expired, valid_from),
        )
    connection.commit()
    connection.close()


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    root = tmp_path / "laws"
    for name, text in COLLECTION.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    flags = [("部门规章/示例部", "示例旧办法", "1999-01-01", 1, None)]
    write_flags(
        root / "db.sqlite3", [*flags, ("行政法", "示例停车法", "2015-03-01", 0, "2015-05-01")]
    )
    return root


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CorpusStore]:
    store = CorpusStore(tmp_path / "corpus.sqlite3", wait_seconds=0.2)
    yield store
    store.close()


@pytest.fixture(scope="session")
def parser() -> Iterator[LimitedParser]:
    with LimitedParser() as parser:
        yield parser


PACK = Knowledge(
    statutes=(
        GistStatute(
            title="中华人民共和国示例停车法",
            aliases=["停车法"],
            level=Level.LAW,
            version=date(2020, 6, 1),
            effective_from=date(2020, 9, 1),
            source="示例",
            articles=[
                Gist(
                    article="第二条",
                    gist="车要停好，别堵路。",
                    phrasings=["车堵门口", "乱停车"],
                    topics=["停车"],
                )
            ],
        ),
    ),
    successions=(
        Succession(
            old="中华人民共和国示例旧停车法",
            aliases=["旧停车法"],
            successors=["中华人民共和国示例停车法"],
            ended_on=date(2015, 5, 1),
            kind="repealed",
            source="示例来源",
        ),
    ),
    revisions=(
        Revision(
            law="宁波市示例养犬条例",
            revised_on=date(2024, 1, 1),
            in_force_from=date(2024, 3, 1),
            changes="牵绳长度另行规定",
            source="示例来源",
        ),
    ),
    aliases={"示例典": "中华人民共和国示例法典"},
    as_of=date(2024, 6, 30),
)


@pytest.fixture
def pack() -> Knowledge:
    return PACK


@pytest.fixture
def library(collection: Path, store: CorpusStore, parser: LimitedParser) -> Library:
    add(store, [collection], parser=parser)
    return Library(store, PACK)


@pytest.fixture(scope="session")
def real_laws() -> Path:
    if not REAL_LAWS.is_dir():
        pytest.skip(f"the public collection is not at {REAL_LAWS}")
    return REAL_LAWS


@pytest.fixture(scope="session")
def real_store(
    real_laws: Path, parser: LimitedParser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[CorpusStore]:
    store = CorpusStore(tmp_path_factory.mktemp("real") / "corpus.sqlite3")
    add(store, [real_laws], parser=parser)
    yield store
    store.close()


@pytest.fixture(scope="session")
def real_library(real_store: CorpusStore) -> Library:
    return Library(real_store, Knowledge())
