"""Everything that can go wrong in the harness; each message is Chinese, for the user.

EvalError
├── CorpusAbsent    there is no collection of law to measure on
└── SpecimenShort   the collection is too small to build the cases asked for
"""


class EvalError(Exception):
    """Root of the tree; ``str(error)`` is a Chinese sentence fit for the user."""


class CorpusAbsent(EvalError):
    """There is no collection of law to measure on."""


class SpecimenShort(EvalError):
    """The collection is too small to build the cases asked for."""
