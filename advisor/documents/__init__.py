"""Files of results: workbooks, lines for programs, papers; each tells how it was made."""

from advisor.documents.advice_paper import advice_docx, write_advice_docx
from advisor.documents.group_paper import write_group_docx
from advisor.documents.item_paper import write_item_docx
from advisor.documents.lines import write_jsonl
from advisor.documents.workbook import write_workbook

__all__ = [
    "advice_docx",
    "write_advice_docx",
    "write_group_docx",
    "write_item_docx",
    "write_jsonl",
    "write_workbook",
]
