"""Two versions on live traffic: the rival of the model or prompt in use, and who is given which."""

from dataclasses import dataclass

from advisor.adoption.trial import Arm, arm_of, mark
from advisor.drafting import ModelWriter
from advisor.model import Complaint


@dataclass(frozen=True, slots=True)
class Rival:
    """The second version of a trial, arm B; ``share`` of the matters get it.

    The same matter always gets the same version: it is known by its number in the caller's ledger,
    else by its text.
    """

    trial: str
    writer: ModelWriter
    share: float = 0.5

    def arm(self, complaint: Complaint) -> Arm:
        """Which version a matter gets."""
        ref = complaint.ledger_ref
        key = f"{ref.system}\0{ref.id}" if ref else complaint.text
        return arm_of(self.trial, key, self.share)

    def mark(self, complaint: Complaint) -> str:
        """How its arm stands in the provenance of its advice."""
        return mark(self.trial, self.arm(complaint))
