"""Rivals: well-known search libraries over the same articles, measured beside our own search.

bm25s, jieba and tantivy serve for nothing else: ``pip install minqing-advisor[eval]``.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Any, Protocol

from eval.errors import RivalAbsent

Cut = Callable[[str], Sequence[str]]
"""A text to its words."""


class Rival(Protocol):
    """A search over texts that were given when it was made."""

    def search(self, query: str, k: int) -> Sequence[int]:
        """Places of the ``k`` best texts, best first; those that share no word are left out."""
        ...


class Bm25sRival:
    """BM25 by the library bm25s, with its own defaults (Lucene's form, k1 1.5, b 0.75)."""

    def __init__(self, texts: Sequence[str], cut: Cut) -> None:
        self._cut = cut
        self._index = _required("bm25s").BM25()
        self._index.index([list(cut(text)) for text in texts], show_progress=False)

    def search(self, query: str, k: int) -> Sequence[int]:
        """See :class:`Rival`."""
        known = [word for word in self._cut(query) if word in self._index.vocab_dict]
        if not known:
            return ()
        count = min(k, int(self._index.scores["num_docs"]))
        found, scores = self._index.retrieve([known], k=count, show_progress=False)
        ranked = zip(found[0].tolist(), scores[0].tolist(), strict=True)
        return tuple(int(place) for place, score in ranked if score > 0)


class TantivyRival:
    """BM25 by the library tantivy (k1 1.2, b 0.75) over texts whose words stand between spaces."""

    def __init__(self, texts: Sequence[str], cut: Cut) -> None:
        self._cut = cut
        self._tantivy = _required("tantivy")
        builder = self._tantivy.SchemaBuilder()
        builder.add_unsigned_field("place", stored=True)
        builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        index = self._tantivy.Index(self._schema)
        writer = index.writer()
        for place, text in enumerate(texts):
            body = " ".join(cut(text))
            writer.add_document(self._tantivy.Document(place=place, body=body))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def search(self, query: str, k: int) -> Sequence[int]:
        """See :class:`Rival`."""
        words = [(self._tantivy.Occur.Should, self._term(word)) for word in self._cut(query)]
        if not words:
            return ()
        found = self._searcher.search(self._tantivy.Query.boolean_query(words), k)
        return tuple(self._searcher.doc(at)["place"][0] for _, at in found.hits)

    def _term(self, word: str) -> Any:  # noqa: ANN401 - tantivy has no types
        return self._tantivy.Query.term_query(self._schema, "body", word, index_option="freq")


def characters(text: str) -> Sequence[str]:
    """Every letter and digit by itself, in lower case."""
    return [letter for letter in text.lower() if letter.isalnum()]


def jieba_words() -> Cut:
    """Words as jieba cuts them, without punctuation."""
    jieba = _required("jieba")
    jieba.setLogLevel(logging.WARNING)
    return lambda text: [w for w in jieba.lcut(text.lower()) if any(map(str.isalnum, w))]


RIVALS: Mapping[str, Callable[[Sequence[str]], Rival]] = MappingProxyType(
    {
        "bm25s-characters": lambda texts: Bm25sRival(texts, characters),
        "bm25s-jieba": lambda texts: Bm25sRival(texts, jieba_words()),
        "tantivy-jieba": lambda texts: TantivyRival(texts, jieba_words()),
    }
)
"""The rivals by the names ``--beside`` takes."""


def _required(module: str) -> Any:  # noqa: ANN401 - none of the three has types
    try:
        return import_module(module)
    except ImportError as error:
        raise RivalAbsent(module) from error
