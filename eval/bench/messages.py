"""Real messages of citizens from a workbook: subject and body of each as one complaint."""

from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from eval.errors import DatasetInvalid

SUBJECT, BODY = "留言主题", "留言详情"


def read_messages(path: Path) -> tuple[str, ...]:
    """The messages of the first sheet, in order; rows without any text are left out.

    Raises:
        DatasetInvalid: it is no workbook, lacks the columns, or holds no message.
    """
    try:
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    except (CalamineError, OSError) as error:
        raise DatasetInvalid(path, "无法读取为 Excel 工作簿") from error
    head = [str(cell).strip() for cell in rows[0]] if rows else []
    if SUBJECT not in head or BODY not in head:
        raise DatasetInvalid(path, f"第一行没有“{SUBJECT}”和“{BODY}”两列")
    places = (head.index(SUBJECT), head.index(BODY))
    texts = ("\n".join(str(row[place]).strip() for place in places).strip() for row in rows[1:])
    messages = tuple(text for text in texts if text)
    if not messages:
        raise DatasetInvalid(path, "没有一条留言")
    return messages
