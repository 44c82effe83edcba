"""Two versions on live traffic: each matter has its version, and its advice says which."""

from dataclasses import replace

import pytest

from advisor.drafting import ADVISE, ModelWriter
from advisor.errors import RefusedInput
from advisor.language_models import open_rival
from advisor.llm.scripted import ScriptedLLM
from advisor.masking import RedactionMasking
from advisor.model import Advice, AdviceRequest, LedgerRef
from advisor.rival import Rival
from advisor.settings import Settings
from prompts import Catalog

TEXT = "我们小区车位不够，每天晚上抢车位。"


def writer(*lines: str) -> ModelWriter:
    return ModelWriter(ScriptedLLM(lines), Catalog(), RedactionMasking())


@pytest.fixture
def on_trial(adviser):
    said = '{"analysis": {"summary": "车位不够。"}}'
    return replace(adviser, writer=writer(said), rival=Rival("t1", writer(said)))


def asked(adviser, number: int, text: str = TEXT) -> Advice:
    ref = LedgerRef(system="示例账本", id=str(number))
    return adviser.compose(AdviceRequest(text=text, ledger_ref=ref))


def test_a_matter_keeps_its_version_and_both_are_met(on_trial):
    marks = [asked(on_trial, number).provenance.trial for number in range(12)]
    assert set(marks) == {"t1:A", "t1:B"}
    again = [asked(on_trial, number, TEXT + "又来了。").provenance.trial for number in range(12)]
    assert again == marks


def test_a_matter_without_a_number_is_known_by_its_text(on_trial):
    request = AdviceRequest(text=TEXT)
    marks = {on_trial.compose(request).provenance.trial for _ in range(3)}
    assert len(marks) == 1


def test_each_version_writes_what_it_is_given(on_trial):
    advices = [asked(on_trial, number) for number in range(12)]
    in_b = sum(one.provenance.trial == "t1:B" for one in advices)
    assert len(on_trial.rival.writer.llm.requests) >= in_b > 0
    assert len(on_trial.writer.llm.requests) >= 12 - in_b > 0


def test_without_a_rival_or_without_a_model_nothing_changes(adviser, on_trial):
    alone = replace(on_trial, rival=None)
    assert asked(alone, 1).provenance.trial is None
    assert asked(replace(on_trial, writer=None), 1).provenance.trial is None
    plain = on_trial.compose(AdviceRequest(text=TEXT, mode="extractive"))
    assert plain.provenance.trial is None
    assert asked(adviser, 1).provenance.trial is None


def test_the_arm_of_a_stored_advice_stands_in_the_figures(on_trial, store):
    on_trial.advise(AdviceRequest(text=TEXT))
    (standing,) = store.adoption.standings()
    assert standing.trial in ("t1:A", "t1:B")
    assert standing.prompt == ADVISE


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"trial_model": "m1"},
        {"trial_prompt": ADVISE},
        {"trial_prompt": "advise/v999"},
        {"trial_model": "m2", "llm_base_url": None},
    ],
)
def test_a_trial_with_nothing_to_compare_is_refused_at_the_start(tmp_path, more):
    plain = {"llm_base_url": "http://127.0.0.1:9", "llm_model": "m1", "trial": "t1"}
    settings = Settings(home=tmp_path, **{**plain, **more})
    model = ScriptedLLM(["{}"]) if settings.llm_base_url else None
    with pytest.raises(RefusedInput, match="ADVISOR_TRIAL"):
        open_rival(settings, model, Catalog())


def test_a_second_model_is_the_second_version(tmp_path):
    settings = Settings(
        home=tmp_path,
        llm_base_url="http://127.0.0.1:9",
        llm_model="m1",
        trial="t1",
        trial_model="m2",
        trial_share=0.2,
    )
    rival = open_rival(settings, ScriptedLLM(["{}"]), Catalog())
    assert rival is not None
    assert (rival.trial, rival.share) == ("t1", 0.2)
    assert open_rival(Settings(home=tmp_path), None, Catalog()) is None
