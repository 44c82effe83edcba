"""Citations 引用: a verdict for each reference to an article in a text."""

from fastapi import APIRouter

from advisor import clock
from api.convert import citation_out
from api.deps import ServicesDep
from api.schemas.law import CitationsIn, CitationsOut
from corpus.citation_check import check_text
from corpus.region import parse_region

router = APIRouter(prefix="/v1/citations", tags=["citations"])


@router.post("/check")
def check(body: CitationsIn, services: ServicesDep) -> CitationsOut:
    """Check every citation of a text against the corpus."""
    verdicts = check_text(
        body.text,
        services.library,
        as_of=body.date_ or clock.today(),
        region=parse_region(body.region or services.settings.region),
    )
    return CitationsOut(citations=tuple(map(citation_out, verdicts)))
