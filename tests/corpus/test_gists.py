"""The gists and tables we ship: valid, in our own words, and true to the texts they speak of."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from corpus.decoding import decode_text
from corpus.heading import beginning_in_text, tidy_title
from corpus.knowledge import Knowledge, load_knowledge
from corpus.model import GistStatute, Level, Revision
from corpus.naming import name_key
from corpus.numerals import format_article
from corpus.shelf import build_shelf
from corpus.statute_parser import ParsedText, parse_text
from corpus.store import CorpusStore

SNAPSHOT = date(2025, 4, 19)
"""Day of the public collection; what is newer we hold only as gists."""
NATION = "中华人民共和国"
RUN = 13
"""So many characters in a row that are the law's own count as copied."""


@cache
def shipped() -> Knowledge:
    return load_knowledge()


def statutes() -> tuple[GistStatute, ...]:
    return shipped().statutes


def label(statute: GistStatute) -> str:
    return f"{statute.title} {statute.version}"


def own_words(text: str) -> str:
    """The text without law names, spaces and punctuation."""
    return re.sub(r"\W", "", re.sub(r"《[^》]*》", "", text))


def runs(text: str) -> frozenset[str]:
    plain = own_words(text)
    return frozenset(plain[at : at + RUN] for at in range(len(plain) - RUN + 1))


def written(statute: GistStatute) -> Iterable[tuple[str, str]]:
    for one in statute.articles:
        for text in (one.gist, one.conditions, *one.phrasings):
            yield one.article, text


def copied(statute: GistStatute, law: str) -> list[str]:
    known = runs(law)
    return [f"{article}：{text}" for article, text in written(statute) if runs(text) & known]


def repeated(items: Iterable[str]) -> list[str]:
    return [item for item, times in Counter(items).items() if times > 1]


# The real collection.


@cache
def titles_of(laws: Path) -> Mapping[Path, str]:
    first = ((file, file.read_bytes().split(b"\n", 1)[0]) for file in sorted(laws.rglob("*.md")))
    return {file: tidy_title(decode_text(line)) for file, line in first}


@cache
def texts_of(laws: Path) -> Mapping[str, tuple[ParsedText, ...]]:
    """Every version and part, in the collection, of the rules we wrote gists for."""
    ours = {s.title for s in statutes()}
    found: dict[str, list[ParsedText]] = {}
    for file, title in titles_of(laws).items():
        if title in ours:
            text = decode_text(file.read_bytes())
            found.setdefault(title, []).append(parse_text(text, file.stem))
    return {title: tuple(texts) for title, texts in found.items()}


def at_version(laws: Path, statute: GistStatute) -> tuple[ParsedText, ...]:
    """The texts a gist speaks of; a rule in parts carries its version on some of them only."""
    texts = texts_of(laws).get(statute.title, ())
    if any(text.head.part for text in texts):
        return texts
    return tuple(text for text in texts if text.head.version == statute.version)


def newer_than_collection(statute: GistStatute) -> bool:
    return statute.version > SNAPSHOT


def whole(texts: Iterable[ParsedText]) -> str:
    return "\n".join(article.text for text in texts for article in text.articles)


@cache
def beginnings(laws: Path) -> Mapping[tuple[str, date], date]:
    """Short title and version to the first day in force, from the collection's own index."""
    rows: dict[tuple[str, date], date] = {}
    for index in sorted(laws.rglob("db.sqlite3")):
        with sqlite3.connect(f"file:{index}?mode=ro", uri=True) as connection:
            listed = connection.execute(
                "select name, publish, valid_from from law where publish <> '' and valid_from <> ''"
            ).fetchall()
        connection.close()
        for name, publish, valid_from in listed:
            key = (name_key(name), date.fromisoformat(publish))
            rows[key] = date.fromisoformat(valid_from)
    return rows


def test_there_are_enough_records() -> None:
    pack = shipped()
    assert len({s.title for s in statutes()}) >= 30
    assert len({(s.title, a.article) for s in statutes() for a in s.articles}) >= 200
    assert len(pack.successions) >= 60
    assert len(pack.aliases) >= 150
    assert len(pack.revisions) >= 20
    assert pack.as_of is not None
    assert pack.as_of <= date.today()


def test_every_article_has_one_gist() -> None:
    assert not repeated(label(s) for s in statutes())
    assert not repeated(f"{label(s)} {a.article}" for s in statutes() for a in s.articles)


def test_phrasings_are_unique_and_plain() -> None:
    phrasings = [p for s in statutes() for a in s.articles for p in a.phrasings]
    assert not repeated(phrasings)
    assert not [p for p in phrasings if re.search(r"[《》]|第.{1,6}条", p)]
    few = [
        f"{label(s)} {a.article}" for s in statutes() for a in s.articles if len(a.phrasings) < 3
    ]
    assert not few


def test_a_local_rule_names_its_region() -> None:
    local = {Level.LOCAL_REGULATION, Level.LOCAL_GOVERNMENT_RULE}
    assert not [label(s) for s in statutes() if bool(s.region) != (s.level in local)]
    wrong = [label(s) for s in statutes() if s.region and s.region[-1][:2] != s.title[:2]]
    assert not wrong


def test_no_gist_takes_effect_before_it_was_made() -> None:
    assert not [label(s) for s in statutes() if s.effective_from < s.version]


def test_texts_newer_than_the_collection_give_an_address() -> None:
    assert not [label(s) for s in statutes() if newer_than_collection(s) and not s.source_url]


@pytest.mark.parametrize("statute", statutes(), ids=label)
def test_articles_stand_in_the_text_named(real_laws: Path, statute: GistStatute) -> None:
    texts = at_version(real_laws, statute)
    if not texts and newer_than_collection(statute):
        pytest.skip(f"made after the collection of {SNAPSHOT}; read at {statute.source_url}")
    assert texts, "no text of this version in the collection"
    numbers = {format_article(article.number) for text in texts for article in text.articles}
    assert not [a.article for a in statute.articles if a.article not in numbers]


def test_gists_are_in_our_own_words(real_laws: Path) -> None:
    texts = texts_of(real_laws)
    taken = {label(s): copied(s, whole(texts.get(s.title, ()))) for s in statutes()}
    assert not {title: lines for title, lines in taken.items() if lines}


def test_a_copied_gist_is_noticed(real_laws: Path) -> None:
    statute = next(s for s in statutes() if s.title == "中华人民共和国民法典")
    texts = texts_of(real_laws)[statute.title]
    law = whole(texts)
    line = next(a.text for t in texts for a in t.articles if len(own_words(a.text)) > 2 * RUN)
    assert not copied(statute, law)
    for start in (0, 5):
        part = line[start : start + 2 * RUN]
        gist = statute.articles[0].model_copy(update={"gist": f"就是说，{part}等等"})
        assert copied(statute.model_copy(update={"articles": (gist,)}), law)


def told_beginning(laws: Path, statute: GistStatute) -> date:
    """First day in force: by the text, our tables, the index, else the day it was made."""
    in_text = [beginning_in_text(whole((text,))) for text in at_version(laws, statute)]
    later = [day for day in in_text if day is not None and day >= statute.version]
    tables = {(r.law, r.revised_on): r.in_force_from for r in shipped().revisions}
    index = beginnings(laws).get((name_key(statute.title), statute.version))
    own = tables.get((statute.title, statute.version))
    return next((day for day in (*later, own, index) if day is not None), statute.version)


@pytest.mark.parametrize("statute", statutes(), ids=label)
def test_effective_dates_agree_with_the_collection(real_laws: Path, statute: GistStatute) -> None:
    if not at_version(real_laws, statute):
        pytest.skip(f"made after the collection of {SNAPSHOT}")
    assert statute.effective_from == told_beginning(real_laws, statute)


def test_every_gist_joins_a_text_of_the_store(real_store: CorpusStore) -> None:
    shelf = build_shelf(real_store.statutes(), shipped())
    assert not [label(gist) for gist in shelf.unused]


# The tables.


def known_titles(laws: Path) -> frozenset[str]:
    held = (name_key(title) for title in titles_of(laws).values())
    gists = (name_key(s.title) for s in statutes())
    old = (name_key(row.old) for row in shipped().successions)
    return frozenset(chain(held, gists, old))


def test_aliases_lead_to_known_titles(real_laws: Path) -> None:
    known = known_titles(real_laws)
    lost = {a: t for a, t in shipped().aliases.items() if name_key(t) not in known}
    assert not lost
    assert not [alias for alias, title in shipped().aliases.items() if alias == title]


def test_an_alias_never_hides_an_ended_rule() -> None:
    ended = {name_key(n): r.old for r in shipped().successions for n in (r.old, *r.aliases)}
    hidden = {
        alias: title
        for alias, title in shipped().aliases.items()
        if name_key(alias) in ended and name_key(title) != name_key(ended[name_key(alias)])
    }
    assert not hidden


def test_aliases_of_gists_mean_one_rule() -> None:
    meant: dict[str, set[str]] = {}
    for statute in statutes():
        for alias in statute.aliases:
            meant.setdefault(name_key(alias), set()).add(statute.title)
    for alias, title in shipped().aliases.items():
        meant.setdefault(name_key(alias), set()).add(title)
    assert not {alias: titles for alias, titles in meant.items() if len(titles) > 1}


def test_successions_are_sourced_and_end_once() -> None:
    rows = shipped().successions
    assert not repeated(name_key(row.old) for row in rows)
    assert not [row.old for row in rows if row.old in row.successors]
    assert not [row.old for row in rows if row.kind == "renamed" and not row.successors]
    assert not [row.old for row in rows if not row.source or row.ended_on > date.today()]


def test_successors_are_known(real_laws: Path) -> None:
    known = known_titles(real_laws) | {name_key(r.law) for r in shipped().revisions}
    lost = {
        row.old: [s for s in row.successors if name_key(s) not in known]
        for row in shipped().successions
    }
    assert not {old: names for old, names in lost.items() if names}


@pytest.mark.parametrize(
    ("old", "successor", "ended_on"),
    [
        ("中华人民共和国物权法", "中华人民共和国民法典", date(2021, 1, 1)),
        ("中华人民共和国合同法", "中华人民共和国民法典", date(2021, 1, 1)),
        ("中华人民共和国环境噪声污染防治法", "中华人民共和国噪声污染防治法", date(2022, 6, 5)),
        ("中华人民共和国噪声污染防治法", "中华人民共和国生态环境法典", date(2026, 8, 15)),
        ("信访条例", "信访工作条例", date(2022, 5, 1)),
        ("城市房屋拆迁管理条例", "国有土地上房屋征收与补偿条例", date(2011, 1, 21)),
    ],
)
def test_well_known_successions(old: str, successor: str, ended_on: date) -> None:
    row = next(row for row in shipped().successions if row.old == old)
    assert successor in row.successors
    assert row.ended_on == ended_on


def newer_revisions() -> tuple[Revision, ...]:
    return tuple(row for row in shipped().revisions if row.revised_on > SNAPSHOT)


def test_revisions_are_sourced_and_in_order() -> None:
    rows = shipped().revisions
    assert not repeated(f"{row.law} {row.revised_on}" for row in rows)
    assert not [row.law for row in rows if not row.source]
    assert not [row.law for row in rows if row.in_force_from < row.revised_on]
    assert {f"{NATION}治安管理处罚法", f"{NATION}村民委员会组织法"} <= {
        row.law for row in newer_revisions()
    }


def test_revisions_are_of_rules_we_know(real_laws: Path) -> None:
    known = known_titles(real_laws)
    assert not [row.law for row in shipped().revisions if name_key(row.law) not in known]
