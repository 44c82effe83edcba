"""Settings: environment variables ``ADVISOR_*``, read once in bootstrap and passed down."""

import os
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr
from pydantic_core import PydanticKnownError, from_json
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def default_home() -> Path:
    """Where data lives when ``ADVISOR_HOME`` is not set.

    In a source checkout it is ``.advisor`` beside pyproject.toml, so that two clones never share an
    index; for an installed package it is the user's data folder (XDG base directory specification).
    """
    checkout = Path(__file__).resolve().parent.parent
    if (checkout / "pyproject.toml").is_file():
        return checkout / ".advisor"
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "minqing-advisor"


def _read_json(value: object) -> object:
    """The value of a variable that holds JSON; anything but a text is taken as it is."""
    if not isinstance(value, str):
        return value
    try:
        return from_json(value)
    except ValueError as error:
        raise PydanticKnownError("json_invalid", {"error": str(error)}) from None


class Settings(BaseSettings):
    """Everything an operator may set; the table is in docs/operations.md."""

    model_config = SettingsConfigDict(env_prefix="ADVISOR_", frozen=True, extra="ignore")

    home: Path = Field(default_factory=default_home)
    database_url: str | None = None
    region: str = "浙江省嘉兴市秀洲区"
    embedder: str = "shipped"
    embedder_query: str | None = None
    embedder_passage: str | None = None
    embedder_api_key: SecretStr | None = None
    embedder_timeout: float = Field(default=30, gt=0, le=3600)
    embedder_batch: int = Field(default=32, ge=1, le=2048)
    embedder_max_characters: int = Field(default=6000, ge=16, le=1_000_000)
    reranker: str = "none"
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    llm_base_url: str | None = None
    llm_model: str | None = None
    llm_api_key: SecretStr | None = None
    llm_deadline: float = Field(default=60, gt=0, le=3600)
    llm_first_deadline: float = Field(default=45, gt=0, le=3600)
    llm_concurrency: int = Field(default=4, ge=1, le=256)
    llm_max_output_tokens: int = Field(default=4096, ge=256, le=1_000_000)
    llm_extra: Annotated[dict[str, object], NoDecode, BeforeValidator(_read_json)] = {}
    llm_cache: bool = False
    llm_queries: bool = False
    llm_price_input: Decimal | None = Field(default=None, ge=0)
    llm_price_output: Decimal | None = Field(default=None, ge=0)
    llm_price_cached: Decimal | None = Field(default=None, ge=0)
    trial: str | None = Field(default=None, pattern=r"^[A-Za-z0-9._-]{1,40}$")
    trial_model: str | None = None
    trial_prompt: str | None = None
    trial_share: float = Field(default=0.5, gt=0, lt=1)
    llm_per_minute: int | None = Field(default=None, ge=1, le=1_000_000)
    batch_workers: int | None = Field(default=None, ge=0, le=256)
    batch_stall: float = Field(default=180, ge=5, le=86_400)

    @property
    def corpus_path(self) -> Path:
        """The SQLite file of statutes, documents and added cases."""
        return self.home / "corpus.db"

    @property
    def vectors_path(self) -> Path:
        """The SQLite file of the vectors that a model of one's own made of passages."""
        return self.home / "vectors.db"

    @property
    def llm_cache_path(self) -> Path:
        """The SQLite file of the model's answers, used only with ``llm_cache``."""
        return self.home / "llm-cache.db"

    @property
    def store_url(self) -> str:
        """SQLAlchemy URL of the advice store; SQLite in the home unless set."""
        return self.database_url or f"sqlite:///{self.store_path}"

    @property
    def store_path(self) -> Path:
        """The SQLite file of the advice store, used where no other database is set."""
        return self.home / "advisor.db"
