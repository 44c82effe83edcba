"""Resolved cases 案例 of another ledger: handed in, masked, searchable with the answer."""

import hashlib

from fastapi import APIRouter, Request

from advisor import clock
from advisor.ledger import CaseWriter, LedgerFile, import_ledger
from api.deps import ServicesDep
from api.renewal import Renewal
from api.schemas.cases import CasesIn, ImportOut
from corpus.model import Region
from corpus.store import CorpusStore

router = APIRouter(prefix="/v1/cases", tags=["cases"])
_NAME = "接口"
_NOWHERE: Region = ()


@router.post("")
def add(body: CasesIn, services: ServicesDep, request: Request) -> ImportOut:
    """Store resolved matters as cases; each is added, changed, unchanged, or skipped with a reason.

    Names, numbers and addresses are masked before anything is written, irreversibly. A matter
    without an outcome is not kept. What was stored is searchable when the answer comes.
    """
    items = tuple(one.to_item(f"第{place}件") for place, one in enumerate(body.items, 1))
    raw = body.model_dump_json().encode()
    books = services.knowledge.playbooks
    writer = CaseWriter(services.adviser.recognizer, books, _NOWHERE, clock.today())
    ledger = LedgerFile(_NAME, hashlib.sha256(raw).hexdigest(), len(raw), items)
    store = services.library.store or CorpusStore(services.settings.corpus_path)
    done = import_ledger(store, ledger, writer)
    if done.added or done.changed:
        renewal: Renewal = request.app.state.renewal
        renewal.take_cases()
    return ImportOut.of(_NAME, done)
