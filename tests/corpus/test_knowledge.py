from datetime import date
from pathlib import Path

import pytest

from corpus.errors import KnowledgeError
from corpus.knowledge import knowledge_faults, load_knowledge, read_records
from corpus.model import Duty, Succession

DUTY = """
- id: test_duty
  department: 示例局
  power: 管理示例事项。
  basis:
    - {law: 示例法, article: 第一条}
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_becomes_knowledge(tmp_path: Path) -> None:
    write(tmp_path, "duties/a.yaml", DUTY)
    write(tmp_path, "aliases.yaml", "示例: 中华人民共和国示例法\n")
    write(tmp_path, "pack.yaml", "as_of: 2026-01-01\n")
    write(
        tmp_path,
        "successions.yaml",
        "- {old: 旧示例法, ended_on: 2020-01-01, kind: repealed, source: 来源}\n",
    )
    knowledge = load_knowledge(tmp_path)
    assert [duty.id for duty in knowledge.duties] == ["test_duty"]
    assert knowledge.aliases == {"示例": "中华人民共和国示例法"}
    assert knowledge.as_of == date(2026, 1, 1)
    assert knowledge.successions[0].ended_on == date(2020, 1, 1)
    assert knowledge.playbooks == knowledge.cases == knowledge.revisions == ()


def test_one_record_needs_no_list(tmp_path: Path) -> None:
    path = write(tmp_path, "one.yaml", "{old: 甲, ended_on: 2020-01-01, kind: renamed, source: 乙}")
    assert read_records(path, Succession)[0].old == "甲"
    assert read_records(write(tmp_path, "none.yaml", ""), Succession) == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (DUTY.replace("power:", "might:"), r"duties\.yaml.*test_duty.*power.*缺少"),
        (DUTY.replace("第一条", "1条"), r"test_duty.*basis\.0\.article.*写法不合规定.*1条"),
        (DUTY.replace("第一条}", "第一条, note: x}"), r"basis\.0\.note.*不认识的字段"),
        ("- 只是文字\n", r"duties\.yaml.*第1条记录.*映射"),
        ("- {id: [\n", r"duties\.yaml.*不是有效的YAML.*行"),
    ],
)
def test_a_fault_names_file_record_and_field(tmp_path: Path, text: str, told: str) -> None:
    path = write(tmp_path, "duties.yaml", text)
    with pytest.raises(KnowledgeError, match=told):
        read_records(path, Duty)


@pytest.mark.parametrize(
    ("name", "text"),
    [("aliases.yaml", "- 甲\n"), ("aliases.yaml", "甲: [乙]\n"), ("pack.yaml", "as_of: 昨天\n")],
)
def test_tables_of_another_shape_are_refused(tmp_path: Path, name: str, text: str) -> None:
    write(tmp_path, name, text)
    with pytest.raises(KnowledgeError, match=name):
        load_knowledge(tmp_path)


def test_every_fault_of_a_folder_is_told(tmp_path: Path) -> None:
    write(tmp_path, "duties/a.yaml", DUTY.replace("power:", "might:"))
    write(tmp_path, "duties/b.yaml", "- {id: [\n")
    write(tmp_path, "aliases.yaml", "- 甲\n")
    write(tmp_path, "pack.yaml", "as_of: 昨天\n")
    told = "\n".join(knowledge_faults(tmp_path))
    for name in ("a.yaml", "b.yaml", "aliases.yaml", "pack.yaml"):
        assert name in told
    with pytest.raises(KnowledgeError):
        load_knowledge(tmp_path)


def test_a_file_in_gb18030_is_read(tmp_path: Path) -> None:
    path = tmp_path / "duties/a.yaml"
    path.parent.mkdir()
    path.write_bytes(DUTY.encode("gb18030"))
    assert load_knowledge(tmp_path).duties[0].department == "示例局"


def test_a_missing_folder_or_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="不存在"):
        load_knowledge(tmp_path / "nowhere")
    with pytest.raises(KnowledgeError, match="无法读取"):
        read_records(tmp_path / "nowhere.yaml", Duty)


def test_the_shipped_pack_loads() -> None:
    knowledge = load_knowledge()
    assert knowledge.statutes
    assert knowledge.playbooks
    assert knowledge.as_of is not None
