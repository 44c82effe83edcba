"""Everything that can go wrong in the indexer; messages are what the user reads.

IndexerError
├── SnapshotError
│   ├── SnapshotMissing      no index has been built yet
│   └── SnapshotDamaged      no stored generation passes its checks
├── BuildInProgress          another build holds the lock
├── BatchRowInvalid          a row of a query file cannot be read
├── VectorMismatch           vectors and index disagree in shape
├── ScoresInvalid            a reranker's scores do not fit the passages
├── ModelDamaged             a static model's files are missing or changed
├── ModelSettingInvalid      ADVISOR_EMBEDDER or ADVISOR_RERANKER is not written as it must be
├── ModelNotLoaded           a model of sentence-transformers cannot be loaded here
├── EmbeddingFailed          the server of an embedding model gave no vectors
├── IndexOfOtherModel        the index's vectors are of another model than the one configured
└── TrainingRefused          a model cannot be trained here
"""

from collections.abc import Sequence
from pathlib import Path


class IndexerError(Exception):
    """Base of the indexer's errors; ``str(error)`` is Chinese and fit to show."""


class SnapshotError(IndexerError):
    """The stored index cannot be served."""


class SnapshotMissing(SnapshotError):
    """No index has been built under this folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"尚未建立索引（{folder}）。请先运行 advisor index build。")
        self.folder = folder


class SnapshotDamaged(SnapshotError):
    """No generation passes its checks; ``faults`` says what is wrong with each."""

    def __init__(self, faults: Sequence[str]) -> None:
        told = "；".join(faults)
        super().__init__(f"索引文件已损坏，未予加载：{told}。请运行 advisor index build 重建。")
        self.faults = tuple(faults)


class BuildInProgress(IndexerError):
    """A second build was started while one is running."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"另一个进程正在建立索引（{folder}），请等它完成后再试。")
        self.folder = folder


class BatchRowInvalid(IndexerError):
    """A row of a query file lacks its question or holds a value that cannot be read."""

    def __init__(self, row: int, reason: str) -> None:
        super().__init__(f"第 {row} 行查询无法读取：{reason}")
        self.row = row


class VectorMismatch(IndexerError):
    """Vectors of another width than the index, or not finite."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"向量与索引不符：{reason}")


class ScoresInvalid(IndexerError):
    """A reranker gave too many or too few scores, or some that are no numbers."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"重排模型（{name}）给出的分数与条文不符，请检查 ADVISOR_RERANKER；设为 none 则不重排。"
        )
        self.name = name


class ModelDamaged(IndexerError):
    """The files of a static model are missing, cut or changed."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"向量模型（{folder}）无法使用：{reason}。")
        self.folder = folder


class ModelSettingInvalid(IndexerError):
    """A setting that names a model is not written as it must be."""

    def __init__(self, setting: str, forms: str) -> None:
        super().__init__(f"{setting} 的写法无效，应为 {forms}。")
        self.setting = setting


class ModelNotLoaded(IndexerError):
    """A model of sentence-transformers cannot be loaded here."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"模型 {name} 无法加载：{reason}。")
        self.name = name


class EmbeddingFailed(IndexerError):
    """The server of an embedding model gave no vectors; what was made so far is kept."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"向量服务未返回向量：{reason}。")


class IndexOfOtherModel(IndexerError):
    """The index's vectors are of another model than the one configured."""

    def __init__(self, found: str, wanted: str, remedy: str) -> None:
        super().__init__(
            f"索引中的向量来自 {found}，当前使用的模型是 {wanted}，两者不能混用。{remedy}"
        )
        self.found = found
        self.wanted = wanted


class RankerDamaged(IndexerError):
    """The trees of the learned ranking are missing or cannot be read."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"排序模型（{path}）无法读取。")
        self.path = path


class TrainingRefused(IndexerError):
    """A model cannot be trained: torch is not installed, or there is too little to learn from."""
