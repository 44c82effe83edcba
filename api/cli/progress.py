"""What a person at a terminal is told while a model writes; on stderr, as all progress."""

import time
from collections.abc import Callable

from advisor.events import Event
from api import labels
from api.cli.desk import tell
from api.schemas.progress import BegunOut, EvidenceOut


class Progress:
    """Takes the events of one advice; without a model all comes at once, and nothing is told.

    Args:
        say: Takes a line for the person.
        clock: Seconds on a monotonic clock.
    """

    def __init__(
        self,
        say: Callable[[str], None] = tell,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._say = say
        self._clock = clock
        self._begun = clock()
        self._waiting = False

    def __call__(self, event: Event) -> None:
        """Tell of one event."""
        if event.name == "triage":
            self._waiting = event.value["mode"] == "llm"
        if self._waiting:
            self._say(f"[{self._clock() - self._begun:.1f} 秒] {_said(event)}")


def _said(event: Event) -> str:
    if event.name == "triage":
        begun = BegunOut.model_validate(event.value)
        return f"办理判断：{begun.matter.name}，{begun.triage.track}，{begun.triage.urgency}"
    if event.name == "evidence":
        chosen = EvidenceOut.model_validate(event.value)
        return (
            f"已选定法规 {len(chosen.articles)} 条、案例 {len(chosen.cases)} 个，大模型正在起草……"
        )
    return f"{labels.PART_NAMES[event.name]}已完成"
