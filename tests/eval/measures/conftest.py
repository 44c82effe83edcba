"""A case and an advice written by hand, so that each measure's value is known beforehand."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from advisor.model import Advice
from corpus.knowledge import Knowledge
from corpus.library import Library
from corpus.model import GistStatute
from eval.case_answer import CaseAnswer
from eval.cases_set import GrassrootsCase

if TYPE_CHECKING:
    from collections.abc import Callable

LAW = "中华人民共和国示例停车法"
OTHER = "示例省示例停车办法"
DAY = date(2026, 6, 1)


def gists(title: str, region: tuple[str, ...], *texts: str) -> GistStatute:
    return GistStatute.model_validate(
        {
            "title": title,
            "level": "法律" if not region else "地方性法规",
            "region": region,
            "version": "2020-01-01",
            "effective_from": "2020-05-01",
            "source": "测试用虚构",
            "articles": [
                {"article": f"第{n}条", "gist": text, "phrasings": ["甲", "乙"], "topics": ["停放"]}
                for n, text in zip("一二三四", texts, strict=False)
            ],
        }
    )


@pytest.fixture(scope="session")
def library() -> Library:
    """Two fictional rules, one of another province."""
    own = gists(
        LAW, (), "消防通道不许停放车辆，违者罚款二百元。", "车位先给业主用。", "挪车电话要公布。"
    )
    other = gists(OTHER, ("广东省",), "夜间可以在路边停放车辆。")
    return Library(None, Knowledge(statutes=(own, other), as_of=DAY))


def a_case(**changes: Any) -> GrassrootsCase:
    point = {"part": "plan", "point": "先叫人挪车", "any_of": [["挪车"], ["移", "车"]]}
    row = {
        "id": "parking",
        "text": "消防通道天天被面包车堵着，物业讲管不了，我家老人上次救护车都开不进来。",
        "ways": ["plain"],
        "region": ["浙江省", "嘉兴市"],
        "as_of": DAY.isoformat(),
        "matters": ["fire_lane"],
        "may_abstain": False,
        "track": ["即办"],
        "urgency": ["较急", "紧急"],
        "departments": ["消防救援机构", "物业服务企业"],
        "core": [{"law": LAW, "article": "第一条"}, {"law": LAW, "article": "第二条"}],
        "acceptable": [{"law": LAW, "article": "第三条"}],
        "key_points": [point, {**point, "part": "analysis"}, point],
        "traps": [],
        **changes,
    }
    return GrassrootsCase.model_validate_json(json.dumps(row))


def basis(id_: str, article: str, text: str, law: str = LAW) -> dict[str, object]:
    return {
        "evidence_id": id_,
        "law": law,
        "article": article,
        "text": text,
        "text_kind": "gist",
        "level": "法律",
        "region": "全国",
        "status": "in_force",
        "effective_from": "2020-05-01",
        "why": "停放",
        "verdict": "verified",
    }


def precedent(**changes: Any) -> dict[str, object]:
    return {
        "evidence_id": "C1",
        "case_id": "lane_case",
        "title": "通道被堵",
        "matter": "消防通道",
        "place": "甲市",
        "measures": ["画线"],
        "outcome": "三日内清空",
        "same": ["同属“消防通道”", "面包车长期堵门"],
        "different": ["先例中老人摔倒，本件未提到，待核实"],
        "source": {"kind": "public"},
        **changes,
    }


def an_advice(**changes: Any) -> Advice:
    row = {
        "id": "x",
        "created_at": datetime(2026, 6, 1, tzinfo=UTC).isoformat(),
        "mode": "extractive",
        "status": "complete",
        "corpus_as_of": DAY.isoformat(),
        "complaint": {"text": "消防通道天天被面包车堵着", "region": "浙江省嘉兴市"},
        "matter": {"type": "fire_lane", "name": "消防通道", "confidence": 0.9},
        "triage": {"track": "即办", "urgency": "较急", "priority": 60, "reasons": []},
        "analysis": {
            "summary": "反映人要求清空消防通道。",
            "parties": [{"text": "反映人"}],
            "facts": [{"text": "反映人称：消防通道天天被面包车堵着"}],
            "missing_facts": [{"text": "〔问〕面包车是谁的", "evidence": ["P1"]}],
            "disputes": [{"text": "物业有没有义务管"}],
            "risks": [{"text": "救护车进不来"}],
        },
        "plan": {
            "steps": [
                {
                    "order": 1,
                    "action": "到消防通道叫车主挪车",
                    "owner": "网格员",
                    "deadline_days": 1,
                    "evidence": ["P1", "L1"],
                }
            ],
            "lead_department": "消防救援机构",
            "support_departments": ["物业服务企业"],
            "competence": [
                {"department": "消防救援机构", "basis": "处罚占用消防通道", "evidence": ["L1"]}
            ],
            "escalation": "三天不挪的报消防大队。",
            "resident_script": "车已经叫人挪了，再有人堵请打电话。",
        },
        "legal_basis": [basis("L1", "第一条", "消防通道不许停放车辆，违者罚款二百元。")],
        "precedents": [precedent()],
        "limits": [],
        "rejected_citations": [],
        "provenance": {"prompt": None, "model": None, "index": "i", "corpus": "c", "code": "0"},
        **changes,
    }
    return Advice.model_validate_json(json.dumps(row))


@pytest.fixture
def answer(library: Library) -> Callable[..., CaseAnswer]:
    """A case and its advice; changes to either are given by ``case`` and ``advice``."""

    def make(
        case: dict[str, Any] | None = None, advice: dict[str, Any] | None = None, **more: Any
    ) -> CaseAnswer:
        return CaseAnswer(
            case=a_case(**(case or {})),
            advice=an_advice(**(advice or {})),
            library=library,
            case_matters={"lane_case": ("fire_lane",)},
            **more,
        )

    return make


@pytest.fixture
def plan_with() -> Callable[..., dict[str, Any]]:
    """The plan of the advice with some fields changed, as a change of the advice."""
    return lambda **fields: {"plan": {**an_advice().plan.model_dump(mode="json"), **fields}}


@pytest.fixture
def analysis_with() -> Callable[..., dict[str, Any]]:
    """The same of the analysis."""
    return lambda **fields: {"analysis": {**an_advice().analysis.model_dump(mode="json"), **fields}}


@pytest.fixture
def shown() -> Callable[..., dict[str, object]]:
    """One article as an advice shows it."""
    return basis


@pytest.fixture
def resolved() -> Callable[..., dict[str, object]]:
    """One precedent as an advice shows it."""
    return precedent
