"""Papers: every part in them, Chinese faces, the label for readers and programs."""

import io
import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from advisor.batch.model import Groups
from advisor.documents import (
    advice_docx,
    write_advice_docx,
    write_group_docx,
    write_item_docx,
)
from advisor.documents.group_paper import MOST_MEMBERS
from advisor.errors import DocumentError
from advisor.model import (
    AI_LABEL,
    RETRIEVAL_LABEL,
    Advice,
    Analysis,
    ComplaintEcho,
    DepartmentCompetence,
    LawContext,
    LegalBasis,
    Matter,
    Plan,
    PlanStep,
    Point,
    Precedent,
    Provenance,
    RejectedCitation,
    Source,
    Triage,
)
from corpus.model import Level, Status, TextKind, VerdictKind

STORY = "邻居填高地基，堵住了排水沟。"


@pytest.fixture
def advice() -> Advice:
    law = LegalBasis(
        evidence_id="L1",
        law="示例排水条例",
        article="第九条",
        paragraph=2,
        text="不得堵塞自然流水。",
        text_kind=TextKind.GIST,
        level=Level.LAW,
        region="",
        status=Status.IN_FORCE,
        effective_from=date(2021, 1, 1),
        why="排水沟被堵",
        context=(
            LawContext(article="第二条", term="沟", text="沟是水道。", text_kind=TextKind.VERBATIM),
        ),
        verdict=VerdictKind.VERIFIED,
    )
    case = Precedent(
        evidence_id="C1",
        case_id="c",
        title="某村排水调解",
        matter="drain",
        place="示例镇",
        measures=("现场测量",),
        outcome="改道排水。",
        days=6,
        same=("都堵了沟",),
        different=("没有协议",),
        source=Source(kind="ledger"),
    )
    step = PlanStep(
        order=1, action="到现场查看", owner="村干部", deadline_days=0, evidence=("P1", "L1")
    )
    return Advice(
        id="a-1",
        created_at=datetime(2025, 6, 1, 8, 30, tzinfo=UTC),
        mode="extractive",
        ai_label=RETRIEVAL_LABEL,
        status="complete",
        corpus_as_of=date(2025, 4, 19),
        complaint=ComplaintEcho(text=f"{STORY}\n请处理。", region="浙江省"),
        matter=Matter(type="drain", name="相邻排水", confidence=0.8),
        triage=Triage(track="联办", urgency="较急", priority=68, reasons=("影响居住",)),
        analysis=Analysis(
            summary="邻居堵沟。",
            facts=(Point(text="填土", evidence=("L1", "P1")),),
            missing_facts=(Point(text="查协议"), Point(text="量高差")),
        ),
        plan=Plan(
            steps=(step,),
            lead_department="村镇办",
            competence=(DepartmentCompetence(department="村镇办", basis="管建房"),),
            escalation="报镇里",
            resident_script="我们明天到现场。",
        ),
        legal_basis=(law,),
        precedents=(case,),
        limits=("没有地方规定。",),
        rejected_citations=(
            RejectedCitation(
                text="《某法》第一条", verdict=VerdictKind.NOT_FOUND, reason="查无此条"
            ),
        ),
        provenance=Provenance(prompt=None, model=None, index="i", corpus="c", code="0"),
    )


def texts(path: Path | io.BytesIO) -> list[str]:
    """Every line of a document in its order, cells of tables too."""
    body = docx.Document(str(path) if isinstance(path, Path) else path).element.body
    lines = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))
    return [line for line in lines if line.strip()]


def test_an_advice_has_its_four_parts_in_order(advice: Advice, tmp_path: Path) -> None:
    write_advice_docx(advice, tmp_path / "a.docx")
    told = texts(tmp_path / "a.docx")
    parts = ("诉求原文", "一、盘账分析", "二、清账方案", "三、法规支撑", "四、案例参考")
    places = [told.index(one) for one in (*parts, "需要注意", "未采用的引用", "承办意见")]
    assert places == sorted(places)
    assert told[0] == "疑难事项处置建议"
    assert told[1] == f"【{RETRIEVAL_LABEL}】"
    for line in (
        "〔L1〕《示例排水条例》第九条第二款",
        "要旨：不得堵塞自然流水。",
        "同法第二条对“沟”的规定：沟是水道。",
        "填土〔L1〕",
        "□ 查协议",
        "到现场查看",
        "办不下来时：报镇里",
        "群众告知口径：我们明天到现场。",
        "结果：改道排水。",
        "《某法》第一条（查无此条：查无此条）",
    ):
        assert line in told


def test_changes_of_the_law_stand_before_the_advice(advice: Advice) -> None:
    told = texts(io.BytesIO(advice_docx(advice, ("《示例排水条例》已废止。",))))
    assert told.index("《示例排水条例》已废止。") < told.index("一、盘账分析")


def test_an_item_tells_what_to_do_without_an_advice(item, tmp_path: Path) -> None:
    write_item_docx(item(1), None, tmp_path / "a.docx")
    told = texts(tmp_path / "a.docx")
    for line in (
        "诉求处置建议单",
        f"【{RETRIEVAL_LABEL}】",
        "T1",
        "住建局",
        "当日上门查看",
        "“摔了一跤”",
        "2025-03-03",
        "□ 路灯编号",
        "社区：到现场查看",
        "某村路灯（4 天办结）：已更换电缆。",
        "领导批示",
    ):
        assert line in told


def test_an_item_with_an_advice_has_its_parts_and_its_label(
    item, advice: Advice, tmp_path: Path
) -> None:
    by_model = advice.model_copy(update={"mode": "llm", "ai_label": AI_LABEL})
    write_item_docx(item(1), by_model, tmp_path / "a.docx")
    told = texts(tmp_path / "a.docx")
    assert f"【{AI_LABEL}】" in told
    assert "一、盘账分析" in told
    assert "二、先做什么" not in told


def test_a_group_is_put_before_its_departments(item, groups: Groups, tmp_path: Path) -> None:
    write_group_docx(groups.clusters[0], (item(n) for n in (1, 2, 3)), tmp_path / "a.docx")
    told = texts(tmp_path / "a.docx")
    for line in (
        "一类事会商单",
        "2 件（1 起，涉及 2 人）",
        "2025-03-02 至 2025-03-04",
        "线路老化，无人养护",
        "整体更换线路",
        "首次联系（最早到期：序号 1）",
        "会商时间",
        "召集人",
    ):
        assert line in told
    assert "T2" in told
    assert "T3" not in told
    assert told.count("示例街道") == 1


def test_a_long_group_tells_how_many_are_left_out(item, groups: Groups, tmp_path: Path) -> None:
    numbers = tuple(range(1, MOST_MEMBERS + 6))
    cluster = groups.clusters[0].model_copy(update={"members": numbers})
    write_group_docx(cluster, map(item, numbers), tmp_path / "a.docx")
    assert "另有 5 件，见清单的“一类事”表，标识 G1。" in texts(tmp_path / "a.docx")


def test_chinese_faces_are_set(advice: Advice) -> None:
    document = docx.Document(io.BytesIO(advice_docx(advice)))
    for name, face in (("Normal", "仿宋"), ("Title", "方正小标宋简体"), ("Heading 1", "黑体")):
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == face
        assert not [key for key in fonts.attrib if "Theme" in key]
    table = next(p for p in document.part.package.iter_parts() if "fontTable" in p.partname)
    assert "宋体".encode() in table.blob


def test_pages_are_numbered_and_labelled(advice: Advice) -> None:
    section = docx.Document(io.BytesIO(advice_docx(advice))).sections[0]
    assert section.header.paragraphs[0].text == RETRIEVAL_LABEL
    assert "PAGE" in section.footer.paragraphs[0]._p.xml
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_headers_of_tables_come_again_and_rows_stay_whole(advice: Advice) -> None:
    document = docx.Document(io.BytesIO(advice_docx(advice)))
    steps = next(one for one in document.tables if one.cell(0, 1).text == "做什么")
    assert "w:tblHeader" in steps.rows[0]._tr.xml
    assert all("w:cantSplit" in row._tr.xml for row in steps.rows)


def test_what_a_model_wrote_bears_the_mark_of_the_standard(advice: Advice) -> None:
    by_model = advice.model_copy(update={"mode": "llm", "ai_label": AI_LABEL})
    with zipfile.ZipFile(io.BytesIO(advice_docx(by_model))) as archive:
        told = archive.read("docProps/custom.xml").decode()
        assert "custom-properties+xml" in archive.read("[Content_Types].xml").decode()
    assert 'name="AIGC"' in told
    mark = json.loads(told.partition("<vt:lpwstr>")[2].partition("</vt:lpwstr>")[0])
    assert mark == {"Label": "1", "ContentProducer": "智治助手", "ProduceID": "a-1"}


def test_the_properties_tell_the_maker_and_nothing_of_the_complaint(advice: Advice) -> None:
    content = advice_docx(advice)
    properties = docx.Document(io.BytesIO(content)).core_properties
    assert (properties.author, properties.comments) == ("智治助手", RETRIEVAL_LABEL)
    assert properties.identifier == "a-1"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        told = b"".join(archive.read(one) for one in archive.namelist() if "docProps" in one)
        assert "docProps/custom.xml" not in archive.namelist()
    assert STORY[:4].encode() not in told


def test_characters_that_xml_forbids_are_left_out(item, tmp_path: Path) -> None:
    write_item_docx(item(1, text="甲\x00乙\x0b丙\ufffe"), None, tmp_path / "a.docx")
    assert "甲乙丙" in texts(tmp_path / "a.docx")


def test_a_paper_that_cannot_be_written_is_told(advice: Advice, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="不存在"):
        write_advice_docx(advice, tmp_path / "none" / "a.docx")


def test_an_article_is_not_parted_from_its_text(advice: Advice) -> None:
    paragraphs = docx.Document(io.BytesIO(advice_docx(advice))).paragraphs
    facts = next(one for one in paragraphs if "现行有效" in one.text)
    assert facts.paragraph_format.keep_with_next
