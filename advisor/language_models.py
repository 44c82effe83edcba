"""The language models of the settings: the one in use, its server, and a rival on trial."""

from typing import TYPE_CHECKING

from advisor.drafting import ADVISE, ModelWriter
from advisor.errors import RefusedInput
from advisor.llm.cache import CachedLLM
from advisor.llm.port import LLM
from advisor.llm.prices import Prices
from advisor.masking import RedactionMasking
from advisor.rival import Rival
from advisor.settings import Settings
from prompts import Catalog

if TYPE_CHECKING:
    from advisor.llm.endpoint import Endpoint


def open_model(settings: Settings) -> LLM | None:
    """The language model of the settings; None unless both its address and its name are set.

    Raises:
        ModelRefusedRequest: The address is no URL, or the key cannot stand in a header.
    """
    if not settings.llm_base_url or not settings.llm_model:
        return None
    # The client library takes half a second to load: only those who use it wait for it.
    from advisor.llm.openai_client import Limits, OpenAILLM

    model: LLM = OpenAILLM(
        open_endpoint(settings),
        settings.llm_model,
        limits=Limits(settings.llm_concurrency, settings.llm_max_output_tokens),
        prices=_prices(settings),
    )
    if settings.llm_cache:
        return CachedLLM(model, settings.llm_cache_path, settings.llm_base_url)
    return model


def open_rival(settings: Settings, model: LLM | None, catalog: Catalog) -> Rival | None:
    """The second version of the trial in the settings; None where none is named.

    Raises:
        RefusedInput: A trial is named and there is nothing to compare.
    """
    if settings.trial is None:
        return None
    prompt = settings.trial_prompt or ADVISE
    same = settings.trial_model in (None, settings.llm_model) and prompt == ADVISE
    if model is None or same or prompt not in catalog.versions():
        raise RefusedInput(
            "settings",
            "ADVISOR_TRIAL 已设置，但没有可比较的第二个版本："
            "请配置大模型，并设置不同的 ADVISOR_TRIAL_MODEL 或已发布的 ADVISOR_TRIAL_PROMPT。",
        )
    other = settings.model_copy(update={"llm_model": settings.trial_model or settings.llm_model})
    writer = open_writer(settings, open_model(other) or model, catalog, prompt)
    return Rival(settings.trial, writer, settings.trial_share)


def open_writer(
    settings: Settings, model: LLM, catalog: Catalog, prompt: str = ADVISE
) -> ModelWriter:
    """What drafts with a model, within the time the settings give."""
    masking = RedactionMasking()
    total, first = settings.llm_deadline, settings.llm_first_deadline
    return ModelWriter(model, catalog, masking, total, first, prompt)


def open_endpoint(settings: Settings) -> "Endpoint":
    """The server of the settings itself; nothing is sent.

    Raises:
        ModelRefusedRequest: The address is no URL, or the key cannot stand in a header.
    """
    from advisor.llm.endpoint import Endpoint

    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else ""
    return Endpoint(settings.llm_base_url or "", key, settings.llm_extra)


def _prices(settings: Settings) -> Prices | None:
    sent, written = settings.llm_price_input, settings.llm_price_output
    if sent is None or written is None:
        return None
    return Prices(sent, written, settings.llm_price_cached)
