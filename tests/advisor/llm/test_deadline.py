"""The deadline, on a clock of its own."""

from advisor.llm.deadline import Deadline


def test_it_counts_down_and_stops_at_nothing():
    now = [100.0]
    deadline = Deadline.after(60, first=45, clock=lambda: now[0])
    assert (deadline.left(), deadline.first_left(), deadline.passed) == (60, 45, False)
    now[0] += 50
    assert (deadline.left(), deadline.first_left(), deadline.passed) == (10, 0, False)
    now[0] += 50
    assert (deadline.left(), deadline.first_left(), deadline.passed) == (0, 0, True)


def test_the_first_text_is_never_due_after_the_end():
    deadline = Deadline.after(10, first=45, clock=lambda: 0.0)
    assert deadline.first_left() == 10


def test_without_a_first_moment_the_end_is_meant():
    assert Deadline.after(10, clock=lambda: 0.0).first_left() == 10
