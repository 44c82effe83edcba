"""Files of results: workbooks, lines for programs; each bears the label of how it was made."""

from advisor.documents.lines import write_jsonl
from advisor.documents.workbook import write_workbook

__all__ = ["write_jsonl", "write_workbook"]
