"""Everything that can go wrong in the harness; each message is Chinese, for the user.

EvalError
├── CorpusAbsent    there is no collection of law to measure on
├── SpecimenShort   the collection is too small to build the cases asked for
└── DatasetInvalid  a dataset of questions cannot be read
"""

from pathlib import Path


class EvalError(Exception):
    """Root of the tree; ``str(error)`` is a Chinese sentence fit for the user."""


class CorpusAbsent(EvalError):
    """There is no collection of law to measure on."""


class SpecimenShort(EvalError):
    """The collection is too small to build the cases asked for."""


class DatasetInvalid(EvalError):
    """A dataset file cannot be read, or a row of it lacks something."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"评测集 {path} 不可用：{reason}。")
        self.path = path
