"""Track 办理方式: handled at once, jointly, or under supervision."""

from eval.case_answer import CaseAnswer
from eval.measures.measure import Measure


def _right(answer: CaseAnswer) -> float:
    return float(answer.advice.triage.track in answer.case.track)


TRACK = Measure(
    name="track",
    title="办理方式正确",
    definition="1 when the track given is an accepted one.",
    source="design §3.1; the three mechanisms 即办, 联办, 督办 of the practice served",
    of=_right,
)
