"""Whether there is an answer: every crash counts."""

from eval.measures.measure import Measure

ANSWERED = Measure(
    name="answered",
    title="给出了建议",
    definition="1 when an advice was given, 0 when the case crashed or was refused.",
    source="a crash is a row",
    of=lambda _: 1.0,
)
