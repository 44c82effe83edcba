"""The double of the crafts: items without services, and rows that misbehave when they say so.

``python -m advisor.jobs.scripted ID`` is a worker with these crafts, for tests that end workers.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from advisor.batch.model import BatchRow, Cluster, Groups, Item, UnworkedRow
from advisor.errors import RefusedInput
from advisor.jobs.model import Batch, BatchOrder, Outcome
from advisor.jobs.working import Crafts, ItemsOf
from advisor.model import Matter, Triage

DIE, FAIL, REFUSE, HANG, WAIT = "〔退出〕", "〔报错〕", "〔拒绝〕", "〔停住〕", "〔稍候〕"
"""What a row may say: its worker dies, or fails, or refuses it, or hangs, or takes a moment."""
EMPTY = "〔空行〕"
DAY = date(2025, 6, 1)
_LONG_SECONDS = 3600.0
_MOMENT_SECONDS = 0.1


def scripted_crafts() -> Crafts:
    """Crafts for lines of JSON, one text in each."""
    return Crafts(read=_read, make=_make, group=_group, corpus_as_of=DAY)


def write_rows(path: Path, texts: Iterator[str] | list[str]) -> None:
    """A file these crafts can read."""
    lines = (json.dumps({"text": text}, ensure_ascii=False) for text in texts)
    path.write_text("\n".join(lines), encoding="utf-8")


def _read(path: Path, order: BatchOrder) -> Iterator[BatchRow | UnworkedRow]:
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            text = str(json.loads(line)["text"])
            if EMPTY in text:
                yield UnworkedRow(number=number, sheet="", line=number, code="empty", reason="空行")
            else:
                yield BatchRow(number=number, sheet="", line=number, text=text)


def _make(row: BatchRow, batch: Batch, alone: bool) -> Outcome:
    if DIE in row.text:
        os._exit(9)
    if FAIL in row.text:
        raise ValueError(row.text)
    if HANG in row.text:
        time.sleep(_LONG_SECONDS)
    if WAIT in row.text:
        time.sleep(_MOMENT_SECONDS)
    if REFUSE in row.text:
        raise RefusedInput("too_short", "内容太短。")
    return Outcome(scripted_item(row))


def scripted_item(row: BatchRow) -> Item:
    """An item that says little, the same for the same row."""
    return Item(
        row=row,
        matter=Matter(type="lights", name="路灯", confidence=0.9),
        triage=Triage(track="即办", urgency="一般", priority=row.number % 100, reasons=("示例",)),
        lead_department="示例城管局",
        summary=f"示例（{row.number}）",
    )


def _group(items: ItemsOf, order: BatchOrder) -> Groups:
    members = tuple(sorted(one.row.number for one in items(())))
    if not members:
        return Groups()
    whole = Cluster(
        id="k0",
        title="全部",
        matter="lights",
        matter_name="路灯",
        place="",
        first_on=None,
        last_on=None,
        members=members,
        events=len(members),
        people=0,
        heat=0.0,
    )
    return Groups(clusters=(whole,))


def main() -> None:
    """A worker with these crafts, until its standard input closes."""
    from advisor.jobs.worker import serve_until_closed

    serve_until_closed(sys.argv[1], lambda _: scripted_crafts())


if __name__ == "__main__":
    main()
