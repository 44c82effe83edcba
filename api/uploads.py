"""A file handed in over HTTP: as the body itself, or as the field ``file`` of a form."""

from dataclasses import dataclass, field
from pathlib import Path, PurePath
from tempfile import NamedTemporaryFile
from urllib.parse import unquote

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from advisor.batch.reading import read_mapping
from advisor.errors import RefusedInput
from corpus.ledger_columns import ColumnMap

MAX_UPLOAD_BYTES = 64 << 20
"""Largest file taken over HTTP; greater ones go by the command line."""
_ENDINGS = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "text/csv": ".csv",
    "application/jsonl": ".jsonl",
    "application/x-ndjson": ".jsonl",
    "application/json": ".json",
    "application/octet-stream": "",
}
FORM = "multipart/form-data"
UPLOAD_TYPES = frozenset({*_ENDINGS, FORM})
_NAME_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came: its name without a path, its content, and fields beside it."""

    name: str
    content: bytes
    fields: dict[str, str] = field(default_factory=dict)
    mapping: ColumnMap = field(default_factory=dict)


async def read_upload(request: Request) -> Upload:
    """The file of a request.

    Raises:
        RefusedInput: There is none, it is empty, or its mapping cannot be read.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == FORM:
        try:
            async with request.form(max_files=2, max_fields=20) as form:
                return await _of_form(form)
        except HTTPException as error:
            raise RefusedInput("form", "表单内容无法解析，请重新上传。") from error
    name = request.query_params.get("name") or f"台账{_ENDINGS.get(kind, '')}"
    return _checked(Upload(_plain(name), await request.body()))


async def _of_form(form: FormData) -> Upload:
    file, mapping = form.get("file"), form.get("mapping")
    if not isinstance(file, UploadFile) or not file.filename:
        raise RefusedInput("no_file", "请选择台账文件。")
    told = await mapping.read() if isinstance(mapping, UploadFile) else b""
    fields = {name: value for name, value in form.items() if isinstance(value, str)}
    return _checked(
        Upload(_plain(file.filename), await file.read(), fields, _mapping(told) if told else {})
    )


def _checked(upload: Upload) -> Upload:
    if not upload.content:
        raise RefusedInput("empty_file", "文件是空的（0 字节）。")
    return upload


def _mapping(raw: bytes) -> ColumnMap:
    with NamedTemporaryFile(suffix=".yaml") as file:
        file.write(raw)
        file.flush()
        return read_mapping(Path(file.name))


def _plain(name: str) -> str:
    """The name alone: a browser may send a path, and a name is shown in lists and files."""
    last = PurePath(unquote(name).replace("\\", "/")).name
    kept = "".join(one for one in last if one.isprintable())
    return kept[-_NAME_CHARACTERS:] or "台账"
