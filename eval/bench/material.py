"""What a benchmark works on: the inputs named by the user, a scratch folder, sample sizes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from advisor.settings import Settings

Input = Literal["laws", "questions", "messages"]

INPUT_NAMES: Mapping[Input, str] = {
    "laws": "法规全集（--laws）",
    "questions": "群众提问集（--questions）",
    "messages": "群众留言表（--messages）",
}


class Material(BaseModel):
    """The inputs of a run; frozen, and JSON on its way to the child processes.

    ``scratch`` is a temporary folder that holds the homes; the counts are sample sizes.
    """

    model_config = ConfigDict(frozen=True)

    scratch: Path
    laws: Path
    questions: Path
    messages: Path
    mutants: int = 100_000
    genuine: int = 20_000
    complaints: int = 300
    redactions: int = 20_000
    round_trips: int = 10_000
    streams: int = 30
    cases: int = 20_000
    seed: int = 20_260_101

    @property
    def full_home(self) -> Path:
        """The home to which the whole collection is added."""
        return self.scratch / "full"

    @property
    def shipped_home(self) -> Path:
        """The home with the shipped knowledge only."""
        return self.scratch / "shipped"

    @property
    def stream_home(self) -> Path:
        """The home of the services that have a model; shipped knowledge only."""
        return self.scratch / "stream"

    @property
    def cases_home(self) -> Path:
        """The home with many cases; shipped knowledge only."""
        return self.scratch / "cases"

    def settings(self) -> Settings:
        """Settings of the home with the whole collection."""
        return Settings(home=self.full_home)

    def has(self, wanted: Input) -> bool:
        """Whether an input is there."""
        path: Path = getattr(self, wanted)
        return path.exists()
