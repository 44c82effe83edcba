"""Opening: the model that the settings name."""

from typing import TYPE_CHECKING

from advisor.llm.port import LLM
from advisor.llm.prices import Prices
from advisor.settings import Settings

if TYPE_CHECKING:
    from advisor.llm.endpoint import Endpoint


def open_llm(settings: Settings) -> LLM | None:
    """The model behind the configured endpoint; None when no address or no model is named.

    Nothing is sent. The client library is loaded only here, because it takes a second to load.

    Raises:
        ModelRefusedRequest: The address is no URL, or the key cannot stand in a header.
    """
    if not settings.llm_base_url or not settings.llm_model:
        return None
    from advisor.llm.cache import CachedLLM
    from advisor.llm.openai_client import Limits, OpenAILLM

    limits = Limits(settings.llm_concurrency, settings.llm_max_output_tokens)
    model = OpenAILLM(
        open_endpoint(settings),
        settings.llm_model,
        limits=limits,
        prices=prices_of(settings),
    )
    if not settings.llm_cache:
        return model
    return CachedLLM(model, settings.llm_cache_path, settings.llm_base_url)


def open_endpoint(settings: Settings) -> "Endpoint":
    """The configured server itself.

    Raises:
        ModelRefusedRequest: The address is no URL, or the key cannot stand in a header.
    """
    from advisor.llm.endpoint import Endpoint

    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else ""
    return Endpoint(settings.llm_base_url or "", key)


def prices_of(settings: Settings) -> Prices | None:
    """The price table; None unless the prices of input and of output are both set."""
    if settings.llm_price_input is None or settings.llm_price_output is None:
        return None
    return Prices(settings.llm_price_input, settings.llm_price_output, settings.llm_price_cached)
