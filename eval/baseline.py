"""Baselines: what a run is expected to reach, as rows of YAML; OK or FAIL for each."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import KnowledgeError
from corpus.yaml_records import read_yaml
from eval.errors import BaselineInvalid
from eval.run_file import RunKind
from eval.run_summary import RunSummary

FOLDER = Path(__file__).parent / "baselines"
QUICK = FOLDER / "quick.yaml"
"""What the shipped pack without a model is expected to reach; CI holds it to that."""


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Baseline(_Row):
    """One figure: worse than expected by more than the tolerance fails."""

    run: RunKind
    measure: str
    expected: float
    tolerance: float = Field(ge=0)
    direction: Literal["up", "down"]


class Baselines(_Row):
    """The rows of one file; ``command`` is what was run for them."""

    command: str
    rows: tuple[Baseline, ...] = Field(min_length=1)


class Verdict(_Row):
    """One baseline against what was measured; ``value`` is None where it was not measured."""

    baseline: Baseline
    value: float | None
    passed: bool
    surpassed: bool


def read_baselines(path: Path) -> Baselines:
    """The baselines of a YAML file.

    Raises:
        BaselineInvalid: It cannot be read, or is not of this shape.
    """
    try:
        return Baselines.model_validate(read_yaml(path))
    except KnowledgeError as error:
        raise BaselineInvalid(path, "无法读取") from error
    except ValidationError as error:
        where = ".".join(str(step) for step in error.errors()[0]["loc"])
        raise BaselineInvalid(path, f"{where or '内容'}不合要求") from error


def judge(baselines: Baselines, summaries: Sequence[RunSummary]) -> tuple[Verdict, ...]:
    """One verdict for each baseline, in order; a figure that was not measured fails."""
    values = {
        (one.header.kind, figure.measure): figure.mean
        for one in summaries
        for figure in one.figures
    }
    return tuple(_verdict(one, values) for one in baselines.rows)


def _verdict(one: Baseline, values: Mapping[tuple[RunKind, str], float]) -> Verdict:
    value = values.get((one.run, one.measure))
    if value is None:
        return Verdict(baseline=one, value=None, passed=False, surpassed=False)
    gained = value - one.expected if one.direction == "up" else one.expected - value
    # Means carry rounding: a figure on the very edge is within.
    edge = one.tolerance + 1e-9
    return Verdict(baseline=one, value=value, passed=gained >= -edge, surpassed=gained > edge)
