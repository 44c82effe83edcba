"""Everything that can go wrong in a use case; each message is Chinese, for the user.

AdvisorError
├── RefusedInput               the caller's input cannot be worked on (stable ``code``)
│   └── BadCursor              a page was asked for with a cursor that is none of ours
├── StoreError                 the advice store did not do what was asked
│   ├── IdempotencyConflict    the key already stands for another advice
│   ├── AdviceExists           the id already stands for another advice
│   ├── AdviceAbsent           something was said of an advice that is not here
│   └── StoreUnavailable       the store cannot be used now; nothing was stored
│       ├── StoreFull          no room left on the disk
│       ├── StoreLocked        another process keeps the store locked
│       └── StoreDamaged       the file is damaged, or no store of ours
├── WorkersUnavailable         the workers of a batch cannot start; the batch waits
├── DocumentError              a file cannot be written; nothing stands under its name
│   └── DocumentRoom           no room left on the disk
├── BackupError                a backup cannot be made or restored; nothing was replaced
│   └── BackupDamaged          the archive is not what its manifest says
├── ClassifierDamaged          a small classifier that comes with the package cannot be read
└── ModelError                 the language model gave no usable answer; the extractive one stands
    ├── ModelUnavailable       not reached, overloaded, failing, or left alone by the breaker
    ├── ModelTimeout           no complete answer within the deadline
    ├── ModelRefusedRequest    it will not take this request: key, address, length, content filter
    └── ModelGarbled           what came is no answer: empty, no text, too large
"""

from pathlib import Path


class AdvisorError(Exception):
    """Root of the tree; ``str(error)`` is a Chinese sentence fit for the user."""


class RefusedInput(AdvisorError):
    """The caller's input cannot be worked on; ``code`` is stable for programs."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


class BadCursor(RefusedInput):
    """A page was asked for with a cursor that is none of ours."""

    def __init__(self) -> None:
        super().__init__("bad_cursor", "翻页标记无效，请从第一页重新查询。")


class StoreError(AdvisorError):
    """The advice store did not do what was asked."""


class IdempotencyConflict(StoreError):
    """The idempotency key already stands for another advice."""

    def __init__(self, key: str | None) -> None:
        self.key = key
        super().__init__("同一个 Idempotency-Key 已用于另一次请求，请更换后再提交。")


class AdviceExists(StoreError):
    """The id already stands for another advice: a stored advice is never overwritten."""

    def __init__(self, advice_id: str) -> None:
        self.advice_id = advice_id
        super().__init__("同一编号的建议已存在且内容不同，未覆盖原记录。")


class AdviceAbsent(StoreError):
    """Something was said of an advice that is not here; nothing was stored."""

    def __init__(self, advice_id: str) -> None:
        self.advice_id = advice_id
        super().__init__(f"没有找到编号为 {advice_id[:40]} 的建议。")


class StoreUnavailable(StoreError):
    """The store cannot be used now; what was being stored is not, what was stored before is."""

    def __init__(self, message: str = "数据库暂时无法使用，本次内容未保存，请稍后重试。") -> None:
        super().__init__(message)


class StoreFull(StoreUnavailable):
    """No room left on the disk."""

    def __init__(self) -> None:
        super().__init__("磁盘空间不足，本次内容未保存，已有记录不受影响；请清理磁盘后重试。")


class StoreLocked(StoreUnavailable):
    """Another process keeps the store locked."""

    def __init__(self) -> None:
        super().__init__("数据库正被其他程序占用，本次内容未保存，请稍后重试。")


class StoreDamaged(StoreUnavailable):
    """The file is damaged, or no store of ours."""

    def __init__(self) -> None:
        super().__init__(
            "数据库文件已损坏或不是本系统的数据库，请先另存该文件，"
            "再用 advisor restore 从最近的备份恢复。"
        )


class WorkersUnavailable(AdvisorError):
    """The worker processes of a batch cannot start; the batch is kept and can be resumed."""

    def __init__(self) -> None:
        super().__init__("批次的工作进程无法启动，原因见上；批次已保留，排除后可继续办理。")


class DocumentError(AdvisorError):
    """A workbook or document cannot be written; what stood under its name still stands."""


class DocumentRoom(DocumentError):
    """No room left on the disk."""

    def __init__(self, name: str) -> None:
        super().__init__(f"磁盘空间不足，{name} 没有写成，原有文件不受影响；请清理磁盘后重试。")


class BackupError(AdvisorError):
    """A backup cannot be made or restored; nothing was replaced."""


class BackupDamaged(BackupError):
    """The archive is not what its manifest says."""


class ClassifierDamaged(AdvisorError):
    """A small classifier that comes with the package cannot be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"分类模型（{path}）无法读取，请重新安装。")


class ModelError(AdvisorError):
    """The language model gave no usable answer; the extractive answer stands in.

    Attributes:
        code: Stable, for programs and for the trail of an advice.
        partial: The text that came before the failure; complete sections in it may be used.
        upstream_calls: Requests sent to the endpoint on behalf of this answer.
    """

    code = "model_error"

    def __init__(self, message: str, *, partial: str = "", upstream_calls: int = 0) -> None:
        self.partial = partial
        self.upstream_calls = upstream_calls
        super().__init__(message)


class ModelUnavailable(ModelError):
    """Not reached, overloaded, failing, or left alone by the circuit breaker."""

    code = "model_unavailable"


class ModelTimeout(ModelError):
    """No complete answer within the deadline."""

    code = "model_timeout"


class ModelRefusedRequest(ModelError):
    """The endpoint will not take this request; sending it again would change nothing."""

    code = "model_refused_request"


class ModelGarbled(ModelError):
    """What came is no answer: empty, no text, too large, not the protocol."""

    code = "model_garbled"
