"""Draft: what a writer may say, and nothing beside it."""

import pytest
from pydantic import ValidationError

from advisor.draft import Draft, DraftBasis, DraftPoint

LEAST = {"summary": "一", "lead_department": "二", "escalation": "三", "resident_script": "四"}


def test_the_least_draft_has_empty_parts():
    draft = Draft(**LEAST)
    assert (draft.steps, draft.basis, draft.precedents, draft.limits) == ((), (), (), ())


@pytest.mark.parametrize("field", LEAST)
def test_what_every_advice_needs_is_required(field):
    with pytest.raises(ValidationError, match=field):
        Draft(**{k: v for k, v in LEAST.items() if k != field})


@pytest.mark.parametrize("field", ["legal_basis", "text", "verdict", "status", "id"])
def test_an_unknown_field_is_a_writers_error(field):
    with pytest.raises(ValidationError, match=field):
        Draft(**LEAST, **{field: "示例"})


@pytest.mark.parametrize("field", ["text", "law", "article"])
def test_an_article_is_named_by_its_id_alone(field):
    with pytest.raises(ValidationError, match=field):
        DraftBasis(evidence_id="L1", why="示例", **{field: "示例"})


def test_a_draft_cannot_be_changed():
    with pytest.raises(ValidationError):
        DraftPoint(text="一").text = "二"


def test_a_draft_comes_back_from_json():
    draft = Draft(**LEAST, facts=(DraftPoint(text="一", evidence=("P1",)),))
    assert Draft.model_validate_json(draft.model_dump_json()) == draft
