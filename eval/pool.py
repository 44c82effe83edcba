"""The pool of a search: the articles that hold on a day in a place, as plain texts."""

from dataclasses import dataclass
from datetime import date

from corpus.library import Library
from corpus.model import Region
from corpus.region import covers
from eval.dataset import ArticleKey, article_key
from indexer.chunker import PassageFields, article_passage
from indexer.scope import SHOWN


@dataclass(frozen=True, slots=True)
class Pool:
    """Articles side by side: the key by which a hit counts, and the text that is searched."""

    keys: tuple[ArticleKey, ...]
    texts: tuple[str, ...]


def pool_of(library: Library, on: date, region: Region) -> Pool:
    """The very articles that our own search may show, each with all the words it is found by."""
    held: dict[str, bool] = {}
    keys: list[ArticleKey] = []
    texts: list[str] = []
    for view in library.articles():
        statute = view.statute
        if statute.id not in held:
            shown = library.validity(statute, on).status in SHOWN
            held[statute.id] = shown and covers(statute.region, region)
        if held[statute.id]:
            keys.append(article_key(statute.title, view.number))
            texts.append(_text(article_passage(view).fields))
    return Pool(tuple(keys), tuple(texts))


def _text(fields: PassageFields) -> str:
    return "\n".join(one for one in (fields.title, fields.path, fields.gist, fields.text) if one)
