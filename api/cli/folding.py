"""Chinese text on a terminal: broken between any two characters, never before a closing mark.

rich breaks at spaces alone, so a Chinese sentence after one space would jump to the next line.
"""

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

_OPENING = "（《“‘【「『〔［"
_CLOSING = "，。；：、！？）》”’】」』〕］…"
_UNIT = re.compile(rf"[{_OPENING}]*(?:[!-~]+|[^\n])[{_CLOSING}]*|\n")
_LEAST_CELLS = 8


class Folded:
    """A styled text folded to the width it is given, with a mark hanging before its first line.

    Args:
        text: What is said.
        mark: Stands before the first line; later lines are indented by its width.
    """

    def __init__(self, text: Text | str, mark: str = "") -> None:
        self.text = Text(text) if isinstance(text, str) else text
        self.mark = mark

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines, each no wider than the space there is."""
        indent = cell_len(self.mark)
        width = max(options.max_width - indent, _LEAST_CELLS)
        for place, line in enumerate(fold(self.text, width)):
            lead = self.mark if place == 0 else " " * indent
            yield Text.assemble(lead, line, no_wrap=True, overflow="ignore")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """From a few cells to the longest line unbroken."""
        longest = max((cell_len(line) for line in self.text.plain.split("\n")), default=0)
        most = cell_len(self.mark) + longest
        return Measurement(min(_LEAST_CELLS, most), most).clamp(max_width=options.max_width)


def fold(text: Text, width: int) -> Iterator[Text]:
    """The lines of a text, each at most ``width`` cells wide where a unit itself is not wider."""
    for line in text.split("\n", allow_blank=True):
        yield from line.divide(_breaks(line.plain, width))


def _breaks(line: str, width: int) -> list[int]:
    offsets: list[int] = []
    filled = 0
    for unit in _UNIT.finditer(line):
        cells = cell_len(unit[0])
        if filled and filled + cells > width:
            offsets.append(unit.start())
            filled = 0
        filled += cells
    return offsets
