"""Objects of a JSON file as rows of a batch; each brings its names along."""

from collections.abc import Iterable, Iterator

from advisor.batch.model import BatchRow, UnworkedRow
from advisor.batch.reading.rows import batch_row, unread, written_object
from corpus.errors import LedgerError
from corpus.ledger_columns import OPEN_FIELDS, ColumnMap, Columns, columns_of
from corpus.ledger_stream import BadRow, ObjectRow

_MOST_SHAPES = 1_000


def object_rows(
    stream: Iterable[ObjectRow | BadRow], told: ColumnMap
) -> Iterator[BatchRow | UnworkedRow]:
    """Every object as a row.

    Raises:
        LedgerError: none of the objects has a field of a complaint.
    """
    shapes: dict[tuple[str, ...], Columns] = {}
    held: list[UnworkedRow] = []
    found = False
    for one in stream:
        row = _row(one, told, shapes)
        if row is None:
            continue
        if not found and isinstance(row, UnworkedRow) and len(held) < _MOST_SHAPES:
            held.append(row)
            continue
        found = True
        yield from held
        held.clear()
        yield row
    if held:
        raise LedgerError("没有找到诉求。每个对象需要“详情”（或 text）、“主题”（或 title）字段。")


def _row(
    one: ObjectRow | BadRow, told: ColumnMap, shapes: dict[tuple[str, ...], Columns]
) -> BatchRow | UnworkedRow | None:
    if isinstance(one, BadRow):
        return unread("", one.line, one.reason, one.excerpt)
    if not any(one.cells.values()):
        return None
    shape = tuple(one.cells)
    columns = shapes.get(shape)
    if columns is None:
        columns = columns_of(shape, told, OPEN_FIELDS)
        if len(shapes) < _MOST_SHAPES:
            shapes[shape] = columns
    return batch_row(written_object(one.line, one.cells, columns))
