"""Grouping of many rows: the real backlog told again with other names of places."""

import random
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from pydantic import BaseModel, ConfigDict

from advisor.batch.grouping import group
from advisor.batch.model import GroupInput
from advisor.batch.places import find_places
from eval.groups.material import Message, Preparer
from eval.groups.rewording import reword

TODAY = date(2030, 12, 31)
_NAMES = "云溪桐枫棠苇荷棋竹松柏桂梧榆槐柳芦兰菊梅茶莲稻桑"


class ScaleReport(BaseModel):
    """Processor seconds and memory of one size; ``rows_per_s`` counts grouping alone.

    Processor time, not the clock: other work on the machine does not change it.
    """

    model_config = ConfigDict(frozen=True)

    rows: int
    prepared_s: float
    grouped_s: float
    rows_per_s: float
    peak_mib: float
    duplicates: int
    clusters: int


def measure_scale(messages: Sequence[Message], count: int) -> ScaleReport:
    """Group so many rows; the peak of memory is that of the whole process so far."""
    originals = Preparer().inputs(messages[:count])
    start = time.process_time()
    inputs = tuple(_inputs(messages, originals, count))
    ready = time.process_time()
    groups = group(inputs, today=TODAY)
    done = time.process_time()
    return ScaleReport(
        rows=len(inputs),
        prepared_s=round(ready - start, 2),
        grouped_s=round(done - ready, 2),
        rows_per_s=round(len(inputs) / (done - ready), 1),
        peak_mib=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        duplicates=len(groups.duplicates),
        clusters=len(groups.clusters),
    )


def _inputs(
    messages: Sequence[Message], originals: Sequence[GroupInput], count: int
) -> Iterator[GroupInput]:
    """Copies have the matter of their original: recognising is measured elsewhere."""
    for number, message in enumerate(many(messages, count), start=1):
        original = originals[(number - 1) % len(messages)]
        whole = f"{message.subject}\n{message.text}"
        yield original.model_copy(
            update={
                "number": number,
                "ref": message.ref,
                "subject": message.subject,
                "text": whole,
                "caller": message.caller,
                "received_on": message.day,
                "places": find_places(whole),
            }
        )


def many(messages: Sequence[Message], count: int) -> Iterator[Message]:
    """The messages first, then copies of all: reworded, in other places, over other days."""
    rng = random.Random("scale")
    for number in range(count):
        turn, place = divmod(number, len(messages))
        message = messages[place]
        yield message if turn == 0 else _elsewhere(message, turn, rng)


def _elsewhere(message: Message, turn: int, rng: random.Random) -> Message:
    """The message reworded, every specific place with two other characters before its name."""
    told = reword(message, "development", rng)
    prefix = _NAMES[turn % len(_NAMES)] + _NAMES[(turn * 7 + 3) % len(_NAMES)]
    subject, text = told.subject, told.text
    for place in find_places(f"{message.subject}\n{message.text[:300]}"):
        if place.kind not in ("area", "crossing"):
            subject = subject.replace(place.name, prefix + place.name[1:])
            text = text.replace(place.name, prefix + place.name[1:])
    return replace(
        told,
        ref=f"{message.ref}-{turn}",
        subject=subject,
        text=text,
        day=told.day + timedelta(days=rng.randrange(-120, 120)),
    )
