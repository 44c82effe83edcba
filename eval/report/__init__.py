"""Runs as one page of HTML that needs nothing else: tables, plots, the worst cases whole."""

from eval.report.page import write_report

__all__ = ["write_report"]
