"""Everything that can go wrong in the harness; each message is Chinese, for the user.

EvalError
├── DatasetInvalid  a dataset cannot be read, or a row lacks what a question needs
├── CorpusAbsent    there is no collection of law to measure on
├── ModelUnfit      a model is missing, or has learnt what it should be measured on
├── RivalAbsent     a library that is to be measured beside ours is not installed
├── RunRefused      a measurement in a process of its own was refused
└── SpecimenShort   the collection is too small to build the cases asked for
"""

from pathlib import Path


class EvalError(Exception):
    """Root of the tree; ``str(error)`` is a Chinese sentence fit for the user."""


class DatasetInvalid(EvalError):
    """A dataset cannot be read, or a row lacks what a question needs."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"评测集{path}无法使用：{reason}。")


class CorpusAbsent(EvalError):
    """There is no collection of law to measure on."""


class SpecimenShort(EvalError):
    """The collection is too small to build the cases asked for."""


class ModelUnfit(EvalError):
    """A model of a cross-validation is missing, or has learnt what it should be measured on."""


class RunRefused(EvalError):
    """A measurement in a process of its own was refused; the message says why."""


class RunInvalid(EvalError):
    """The file of a run cannot be written, or is not one."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"运行结果{path}{reason}。")


class RunsApart(EvalError):
    """Two runs cannot be compared; the message says why."""


class BaselineInvalid(EvalError):
    """A file of baselines cannot be read, or a row lacks what a comparison needs."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"基线{path}无法使用：{reason}。")


class RivalAbsent(EvalError):
    """A library that is to be measured beside our own search is not installed."""

    def __init__(self, module: str) -> None:
        self.module = module
        super().__init__(
            f"并排评测需要 {module}，本机没有安装：pip install 'minqing-advisor[eval]'。"
        )
