"""The recipe of a static model: everything that decides it beside what it learns from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType

from indexer.training_material import Kind

Shares = Mapping[Kind, float]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: how many steps, how fast, and how often a kind of pair is drawn."""

    steps: int
    rate: float
    shares: Shares


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides a model beside what it learns from.

    ``vocabulary`` tokens of ``dimension`` numbers; ``batch`` pairs a step; ``temperature`` of the
    softmax; ``dropped`` share of the tokens in a step.
    """

    seed: int = 1
    vocabulary: int = 80_000
    dimension: int = 256
    batch: int = 512
    temperature: float = 0.05
    dropped: float = 0.1
    threads: int = 2
    first: Stage = field(
        default_factory=lambda: Stage(
            800,
            2e-3,
            MappingProxyType(
                {
                    "sentence": 4,
                    "heading": 1,
                    "gist": 2,
                    "question": 2,
                    "citation": 1,
                    "matter": 1,
                    "word": 0.3,
                }
            ),
        )
    )
    second: Stage = field(
        default_factory=lambda: Stage(
            1000,
            1.5e-3,
            MappingProxyType(
                {
                    "sentence": 3,
                    "heading": 0.5,
                    "gist": 3,
                    "question": 3,
                    "citation": 0.5,
                    "matter": 1,
                    "word": 0.2,
                }
            ),
        )
    )

    def told(self) -> dict[str, float | int | str]:
        """The recipe as a model's card shows it."""
        named = {one.name: getattr(self, one.name) for one in fields(self)}
        plain: dict[str, float | int | str] = {
            name: value for name, value in named.items() if isinstance(value, int | float)
        }
        for name, stage in (("first", self.first), ("second", self.second)):
            drawn = " ".join(f"{kind}={share:g}" for kind, share in stage.shares.items())
            plain[name] = f"{stage.steps} steps at {stage.rate:g}: {drawn}"
        return plain
