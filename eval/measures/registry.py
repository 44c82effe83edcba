"""Every measure of an advice, in the order of tables; a new one is added here."""

from collections.abc import Mapping

from eval.measures.answered_at_all import ANSWERED
from eval.measures.citation_truth import CITATION_TRUTH
from eval.measures.completeness import COMPLETENESS
from eval.measures.departments import DEPARTMENT_ANY, LEAD, LEAD_FIRST
from eval.measures.emptiness import EMPTINESS
from eval.measures.key_points import KEY_POINTS, KEY_POINTS_ANALYSIS, KEY_POINTS_PLAN
from eval.measures.leaks import LEAK_PRECEDENTS, LEAK_SENT, LEAK_SENT_NUMBERS
from eval.measures.legal_basis import (
    BASIS_HELD,
    BASIS_HIT,
    BASIS_IDLE,
    BASIS_PRECISION,
    BASIS_RECALL,
    BASIS_USEFUL,
)
from eval.measures.length import LENGTH, WITHIN_LENGTH
from eval.measures.matter import MATTER, MATTER_3
from eval.measures.measure import Measure
from eval.measures.precedents import (
    PRECEDENT_ALIKE,
    PRECEDENT_DIFFERENT,
    PRECEDENT_MATTER,
    PRECEDENT_SAME,
)
from eval.measures.spending import COST, TOKENS
from eval.measures.support import SUPPORT, SUPPORT_BY_LOT
from eval.measures.track import TRACK
from eval.measures.trap_failures import TRAPS, TRAPS_BY_KIND
from eval.measures.urgency import URGENCY, URGENCY_MISSED

ADVICE_MEASURES: tuple[Measure, ...] = (
    ANSWERED,
    MATTER,
    MATTER_3,
    TRACK,
    URGENCY,
    URGENCY_MISSED,
    LEAD,
    LEAD_FIRST,
    DEPARTMENT_ANY,
    CITATION_TRUTH,
    SUPPORT,
    SUPPORT_BY_LOT,
    BASIS_RECALL,
    BASIS_HIT,
    BASIS_PRECISION,
    BASIS_USEFUL,
    BASIS_HELD,
    BASIS_IDLE,
    KEY_POINTS,
    KEY_POINTS_ANALYSIS,
    KEY_POINTS_PLAN,
    COMPLETENESS,
    LENGTH,
    WITHIN_LENGTH,
    EMPTINESS,
    PRECEDENT_MATTER,
    PRECEDENT_ALIKE,
    PRECEDENT_SAME,
    PRECEDENT_DIFFERENT,
    TRAPS,
    *TRAPS_BY_KIND,
    LEAK_SENT,
    LEAK_SENT_NUMBERS,
    LEAK_PRECEDENTS,
    TOKENS,
    COST,
)
"""Every measure of `advisor-eval advice`."""

BY_NAME: Mapping[str, Measure] = {one.name: one for one in ADVICE_MEASURES}
"""The same by name."""
