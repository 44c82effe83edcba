"""``advisor redact``: particulars out of a text, or out of the rows of a file."""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from advisor.errors import RefusedInput
from advisor.redaction import Redacted
from advisor.redaction import redact as mask
from api.cli.desk import json_option, read_file, read_input, tell
from api.cli.output import emit_json


@click.command(
    help="脱敏：姓名、证件号、电话、住址等换成编号标记。FILE 为文本文件或 -（标准输入）。"
)
@click.argument("file", required=False)
@click.option(
    "--rows",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="逐行处理 JSONL，每行 {id, text}。",
)
@click.option("--out", type=click.Path(path_type=Path), help="写出 JSONL，每行 {id, masked}。")
@json_option
def redact(file: str | None, rows: Path | None, out: Path | None, *, as_json: bool) -> None:
    """One text to stdout, or rows from file to file; originals are never printed."""
    if (rows is None) != (out is None) or (rows is not None and file is not None):
        raise click.UsageError("--rows 与 --out 必须一起使用，且不能再给出文本。")
    if rows is not None and out is not None:
        count = _redact_rows(rows, out)
        if as_json:
            emit_json({"rows": count, "out": str(out)})
        else:
            tell(f"已脱敏 {count} 行，写入 {out}。")
        return
    found = mask(read_input(file))
    if as_json:
        emit_json(_told(found))
    else:
        click.echo(found.masked)


def _told(found: Redacted) -> dict[str, object]:
    """What stands where; without the originals, which stay on this machine."""
    tokens = [{"token": token.token, "class": token.cls} for token in found.tokens]
    return {"masked": found.masked, "tokens": tokens}


def _redact_rows(rows: Path, out: Path) -> int:
    written = [
        json.dumps({"id": id_, "masked": mask(text).masked}, ensure_ascii=False)
        for id_, text in _rows(rows)
    ]
    out.write_text("".join(line + "\n" for line in written), encoding="utf-8")
    return len(written)


def _rows(path: Path) -> Iterator[tuple[object, str]]:
    for number, line in enumerate(read_file(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise RefusedInput("rows", f"{path.name} 第 {number} 行不是有效的 JSON。") from error
        if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "id" not in row:
            raise RefusedInput("rows", f"{path.name} 第 {number} 行缺少 id 或文本 text。")
        yield row["id"], row["text"]
