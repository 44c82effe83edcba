"""The command line: ``advisor``."""

from api.cli.root import main

__all__ = ["main"]
