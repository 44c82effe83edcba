"""The one shape of every error on the wire: RFC 9457 problem details, in Chinese."""

from pydantic import Field

from api.schemas.base import Outgoing


class FieldProblem(Outgoing):
    """One field that was refused: where it stands and why; its value is never echoed."""

    field: str = Field(description="字段位置，如 body.occurred_on")
    message: str = Field(description="原因")


class ProblemOut(Outgoing):
    """RFC 9457 members plus ``code``, which stays the same when the wording changes."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    instance: str | None = None
    errors: tuple[FieldProblem, ...] = ()
