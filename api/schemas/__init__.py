"""The shapes on the wire; converted from the domain field by field, never the domain itself."""

from api.schemas.advice import AdviceIn, AdviceOut, AdvicePageOut
from api.schemas.law import (
    ArticleOut,
    CitationsIn,
    CitationsOut,
    HitOut,
    SearchOut,
    StatuteOut,
    StatutePageOut,
    ValidityOut,
)
from api.schemas.problem import FieldProblem, ProblemOut

__all__ = [
    "AdviceIn",
    "AdviceOut",
    "AdvicePageOut",
    "ArticleOut",
    "CitationsIn",
    "CitationsOut",
    "FieldProblem",
    "HitOut",
    "ProblemOut",
    "SearchOut",
    "StatuteOut",
    "StatutePageOut",
    "ValidityOut",
]
