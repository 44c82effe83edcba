"""What became of resolved cases that were handed in."""

from collections.abc import Mapping
from datetime import date

from pydantic import Field

from advisor.ledger import Imported
from api.schemas.base import Incoming, Outgoing, WholeText
from corpus.ledger_rows import LedgerItem

MAX_ITEMS = 200


class CaseIn(Incoming):
    """One resolved matter as another ledger holds it; personal data is masked before it is kept."""

    number: WholeText = Field(default="", max_length=100, description="编号")
    title: WholeText = Field(default="", max_length=500, description="主题")
    text: WholeText = Field(min_length=1, max_length=20_000, description="诉求详情")
    received_on: date | None = Field(default=None, description="受理日期")
    reply: WholeText = Field(default="", max_length=20_000, description="答复或办理结果")
    measures: WholeText = Field(default="", max_length=20_000, description="采取的措施")
    closed_on: date | None = Field(default=None, description="办结日期")
    unit: WholeText = Field(default="", max_length=200, description="办理单位")
    place: WholeText = Field(default="", max_length=200, description="属地")
    matter: WholeText = Field(default="", max_length=100, description="事项的编号或名称")
    status: WholeText = Field(default="", max_length=100, description="办理状态")
    persons: tuple[WholeText, ...] = Field(
        default=(), max_length=20, description="当事人的姓名、电话等：从文字里去掉，不保存"
    )

    def to_item(self, place: str) -> LedgerItem:
        """The item as the use case takes it; ``place`` says where it stood."""
        return LedgerItem(
            place=place,
            number=self.number,
            title=self.title,
            text=self.text,
            received_on=self.received_on,
            reply=self.reply,
            measures=self.measures,
            closed_on=self.closed_on,
            unit=self.unit,
            region=self.place,
            matter=self.matter,
            status=self.status,
            personal=self.persons,
        )


class CasesIn(Incoming):
    """Resolved matters of another ledger, stored all or none."""

    items: tuple[CaseIn, ...] = Field(min_length=1, max_length=MAX_ITEMS)


class SkippedRowOut(Outgoing):
    """A row nothing was kept of: where it stands, and why."""

    place: str
    reason: str


class ImportOut(Outgoing):
    """One ledger: its rows are added, changed, unchanged or skipped.

    ``matters`` counts the cases by matter, under the empty id those left open; ``reasons`` the rows
    skipped by reason.
    """

    file: str
    rows: int
    added: int
    changed: int
    unchanged: int
    skipped: tuple[SkippedRowOut, ...]
    reasons: Mapping[str, int]
    matters: Mapping[str, int]

    @classmethod
    def of(cls, file: str, done: Imported) -> "ImportOut":
        """The account of one import."""
        return cls(
            file=file,
            rows=done.rows,
            added=len(done.added),
            changed=len(done.changed),
            unchanged=done.unchanged,
            skipped=tuple(SkippedRowOut.model_validate(one) for one in done.skipped),
            reasons=dict(done.reasons()),
            matters=done.matters,
        )


class CasesOut(Outgoing):
    """The cases stored or changed, those that took the place of others, and each ledger."""

    cases: tuple[str, ...]
    replaced: tuple[str, ...] = ()
    ledgers: tuple[ImportOut, ...] = ()
    index: str | None = None
