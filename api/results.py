"""A batch's result as a file to download, made in a process of its own.

A workbook of a great batch takes a minute of processor time; in a thread of the service every
other answer would wait for it.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from advisor.jobs.crew import environment_of
from advisor.jobs.model import Batch
from advisor.settings import Settings
from api.errors import Problem, Refusal

_MOST_SECONDS = 900
_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".jsonl": "application/x-ndjson; charset=utf-8",
}


def result_file(settings: Settings, batch: Batch, ending: str) -> FileResponse:
    """The result in the format of an ending; the file is gone when it was sent.

    Raises:
        Refusal: It could not be made.
    """
    name = _passing(ending)
    done = subprocess.run(
        [sys.executable, "-m", "advisor.jobs.export", batch.id, name],
        env={**os.environ, **environment_of(settings)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=_MOST_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        Path(name).unlink(missing_ok=True)
        raise Refusal(
            Problem(503, "result_unavailable", "结果暂不可用", "结果文件没有写成，请稍后重试。")
        )
    return _sent(name, f"{Path(batch.order.source).stem}-办理清单{ending}")


def paper_file(write: Callable[[Path], None], told: str) -> FileResponse:
    """A Word document, written now and gone when it was sent; ``told`` is its name.

    Raises:
        DocumentError: It cannot be written.
    """
    name = _passing(".docx")
    try:
        write(Path(name))
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return _sent(name, told)


def _passing(ending: str) -> str:
    handle, name = tempfile.mkstemp(prefix="batch-", suffix=ending)
    os.close(handle)
    return name


def _sent(name: str, told: str) -> FileResponse:
    ending = Path(name).suffix
    attachment = f"attachment; filename=\"result{ending}\"; filename*=UTF-8''{quote(told)}"
    return FileResponse(
        name,
        media_type=_TYPES[ending],
        headers={"Content-Disposition": attachment},
        background=BackgroundTask(Path(name).unlink, missing_ok=True),
    )
