"""Bootstrap: the only place that names adapters and wires them together."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version

from advisor.adoption.record import Recorder
from advisor.advise import Adviser
from advisor.article_prior import learned_ranking
from advisor.events import OnEvent
from advisor.language_models import open_model, open_rival, open_writer
from advisor.law_change import LawWatch
from advisor.leads import open_lead_ranker
from advisor.masking import RedactionMasking
from advisor.matter import MatterRecognizer
from advisor.model import Advice, AdviceRequest, Versions
from advisor.ports import AdviceStore
from advisor.query_writing import QueryWriter
from advisor.retrieval_models import is_costly, open_embedder, open_reranker
from advisor.settings import Settings
from advisor.store import open_store
from corpus.errors import KnowledgeError
from corpus.knowledge import Knowledge
from corpus.library import Library
from corpus.model import GeneralGuide
from corpus.region import format_region, parse_region
from corpus.store import CorpusStore
from corpus.town import load_with_town
from indexer.build import ensure
from indexer.retriever import Retriever
from prompts import Catalog


@dataclass(frozen=True, slots=True)
class Services:
    """What a door needs: settings, the read views, the store and the use case."""

    settings: Settings
    knowledge: Knowledge
    library: Library
    retriever: Retriever
    store: AdviceStore
    adviser: Adviser
    recorder: Recorder
    law_watch: LawWatch

    def advise(
        self,
        request: AdviceRequest,
        *,
        idempotency_key: str | None = None,
        on_event: OnEvent | None = None,
    ) -> Advice:
        """See :meth:`advisor.advise.Adviser.advise`."""
        return self.adviser.advise(request, idempotency_key=idempotency_key, on_event=on_event)


def code_version() -> str:
    """The installed version of this distribution."""
    try:
        return version("minqing-advisor")
    except PackageNotFoundError:
        return "unknown"


def open_library(settings: Settings) -> Library:
    """The read view over the shipped knowledge and whatever was added to the home.

    The town's own knowledge lies over the shipped; see `corpus.town`.

    Raises:
        CorpusError: The shipped knowledge or the corpus file cannot be read.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    return Library(CorpusStore(settings.corpus_path), load_with_town(settings.home))


def open_retriever(
    settings: Settings, library: Library, tell: Callable[[str], None] = lambda _: None
) -> Retriever:
    """The search over the index of this library, which is built when it is missing or stale.

    A model that costs hours or money never makes a whole index here: only ``advisor index build``
    may do that.

    Raises:
        IndexOfOtherModel: The index was made by another model, and making it anew is costly.
        IndexerError: A model or the index cannot be used.
    """
    embedder = open_embedder(settings, tell)
    snapshot = ensure(library, settings.home, embedder=embedder, new_model=not is_costly(settings))
    return Retriever(snapshot, library, embedder, reranker=open_reranker(settings))


def open_recorder(settings: Settings) -> Recorder:
    """What was said of each advice, without index or corpus.

    Raises:
        StoreUnavailable: The store cannot be opened.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    store = open_store(settings.store_url)
    return Recorder(store.adoption, store, RedactionMasking())


def open_law_watch(settings: Settings) -> LawWatch | None:
    """The watch over the articles that stored advices cite; None where no advice was ever stored.

    Raises:
        StoreUnavailable: The store cannot be opened.
    """
    if settings.database_url is None and not settings.store_path.is_file():
        return None
    return open_store(settings.store_url).law_watch


def open_services(
    settings: Settings | None = None, *, on_progress: Callable[[str], None] | None = None
) -> Services:
    """Open everything: migrate the store, read the corpus, build the index when it is missing.

    Args:
        settings: Defaults to the environment.
        on_progress: Told in Chinese what is being done, for a terminal.

    Raises:
        UnknownRegion: The default region in the settings is not a known place.
        CorpusError, IndexerError, StoreUnavailable: Something on disk cannot be used.
    """
    settings = settings or Settings()
    tell = on_progress or (lambda _: None)
    parse_region(settings.region)
    library = open_library(settings)
    tell("检查检索索引……")
    recognizer = MatterRecognizer.of(library.knowledge)
    ranking = learned_ranking(library.knowledge, library, recognizer)
    retriever = open_retriever(settings, library, tell).with_ranking(ranking)
    for fault in retriever.snapshot.refused:
        tell(fault)
    store = open_store(settings.store_url)
    knowledge = library.knowledge
    model = open_model(settings)
    catalog, masking = Catalog(), RedactionMasking()
    adviser = Adviser(
        library=library,
        knowledge=knowledge,
        general=_general(knowledge),
        retriever=retriever,
        recognizer=recognizer,
        store=store,
        default_region=format_region(parse_region(settings.region)),
        versions=_versions(library, retriever),
        writer=open_writer(settings, model, catalog) if model else None,
        query_writer=QueryWriter(model, catalog, masking)
        if model and settings.llm_queries
        else None,
        rival=open_rival(settings, model, catalog),
        lead_ranker=open_lead_ranker(recognizer, knowledge),
    )
    recorder = Recorder(store.adoption, store, masking)
    watch = store.law_watch
    return Services(settings, knowledge, library, retriever, store, adviser, recorder, watch)


def renewed(services: Services) -> Services:
    """The services over corpus, knowledge and index as they lie in the home now.

    The given ones still work. Advice store and model are those of the given services.

    Raises:
        CorpusError, IndexerError: What lies there cannot be used.
    """
    settings = services.settings
    library = open_library(settings)
    knowledge = library.knowledge
    recognizer = MatterRecognizer.of(knowledge)
    ranking = learned_ranking(knowledge, library, recognizer)
    retriever = open_retriever(settings, library).with_ranking(ranking)
    versions = _versions(library, retriever)
    adviser = replace(
        services.adviser,
        library=library,
        knowledge=knowledge,
        general=_general(knowledge),
        recognizer=recognizer,
        retriever=retriever,
        versions=versions,
        lead_ranker=open_lead_ranker(recognizer, knowledge),
    )
    return replace(
        services, knowledge=knowledge, library=library, retriever=retriever, adviser=adviser
    )


def _versions(library: Library, retriever: Retriever) -> Versions:
    return Versions(
        index=retriever.version,
        corpus=corpus_version(library),
        code=code_version(),
        embedder=retriever.embedder,
        reranker=retriever.reranker,
    )


def with_new_cases(services: Services) -> Services:
    """The services over the cases as they are stored now; the given ones when none is new.

    The articles' index is shared: it takes a fraction of a second, whatever the collection's size.

    Raises:
        StoreError: The cases cannot be read; the given services still work.
    """
    if not services.library.refresh_cases():
        return services
    retriever = services.retriever.with_cases()
    versions = services.adviser.versions.model_copy(update={"index": retriever.version})
    adviser = replace(services.adviser, retriever=retriever, versions=versions)
    return replace(services, retriever=retriever, adviser=adviser)


def _general(knowledge: Knowledge) -> GeneralGuide:
    if knowledge.general is None:
        raise KnowledgeError("general.yaml：缺少通用处置指引")
    return knowledge.general


def corpus_version(library: Library) -> str:
    """A short name for exactly this corpus: its date, a digest of its statutes, and the town's own.

    The last part, ``+own.<hash>``, is there only where a town's knowledge is in use.
    """
    digest = hashlib.sha256()
    for statute in library.statutes():
        digest.update(f"{statute.id}|{statute.file}|{statute.version}\n".encode())
    town = library.knowledge.town.version
    own = f"+own.{town}" if town else ""
    return f"{library.as_of}+{digest.hexdigest()[:8]}{own}"
