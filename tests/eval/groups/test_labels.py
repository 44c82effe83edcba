"""Labels of the real backlog: ids and short names only, each message in one group."""

import json
from pathlib import Path

import pytest

from eval.groups.clusters_set import LABELS as CLUSTERS
from eval.groups.clusters_set import read_kinds
from eval.groups.material import BACKLOG, read_backlog
from eval.groups.places_set import LONGEST, measure_places, read_places
from eval.groups.planted import LABELS as EVENTS
from eval.groups.planted import plant, read_events

MESSAGES = Path(__file__).parents[4] / "shared" / "data" / "messages"
real = pytest.mark.skipif(
    not (MESSAGES / BACKLOG).is_file(), reason="没有真实留言（../shared/data/messages）"
)


def test_each_message_belongs_to_one_event_and_one_kind() -> None:
    assert len(read_events()) > 600
    assert len(read_kinds()) > 200


@pytest.mark.parametrize("path", [EVENTS, CLUSTERS])
def test_labels_hold_numbers_of_messages_and_nothing_else(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert row.keys() <= {"refs", "odd"}
        assert all(ref.isdigit() for refs in row.values() for ref in refs)


def test_names_of_places_are_short() -> None:
    dev, test = read_places("dev"), read_places("test")
    assert not dev.keys() & test.keys()
    assert len(dev) + len(test) >= 150
    assert all(len(key) <= LONGEST for row in (*dev.values(), *test.values()) for key in row)


@real
def test_every_label_is_of_a_message_of_the_backlog() -> None:
    refs = {message.ref for message in read_backlog(MESSAGES)}
    assert read_events().keys() <= refs
    assert read_kinds().keys() <= refs
    assert (read_places("dev").keys() | read_places("test").keys()) <= refs


@real
def test_planting_adds_a_tenth_and_keeps_what_was() -> None:
    messages = read_backlog(MESSAGES)[:200]
    planting = plant(messages, "held_out", 5)
    assert len(planting.copies) == 20
    kept = {m.ref for n, m in enumerate(planting.messages, 1) if n not in planting.copies}
    assert kept == {m.ref for m in messages}
    assert {planting.origin[n - 1] for n in planting.copies} <= kept


@real
def test_places_are_found_as_well_as_was_measured() -> None:
    report = measure_places(read_backlog(MESSAGES), "test")
    assert report.precision >= 0.70
    assert report.recall >= 0.75
