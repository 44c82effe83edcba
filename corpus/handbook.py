"""The handbook of our knowledge 知识库说明: counts, schema, a full example, all from the data."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import TypeAdapter

from corpus.errors import KnowledgeError
from corpus.knowledge import DATA, Knowledge, read_yaml
from corpus.model import (
    ArticleRef,
    Case,
    CasePoint,
    CaseSource,
    Competence,
    Duty,
    Gist,
    GistStatute,
    Group,
    LexiconEntry,
    Line,
    Playbook,
    Question,
    Record,
    Route,
    Signal,
    Step,
    Telling,
    TimeLimit,
)

EXAMPLE = "neighbour_drainage_fill"
_PARTS = DATA / "handbook"
_MEANINGS = TypeAdapter(dict[str, dict[str, str]])
_TABLES: tuple[tuple[str, type[Record]], ...] = (
    ("处置指引 `playbooks/*.yaml`", Playbook),
    ("要问清的事实 `questions`", Question),
    ("风险信号 `signals`，也在 `signals.yaml`", Signal),
    ("步骤 `steps`", Step),
    ("途径 `routes`", Route),
    ("一句话 `parties`、`disputes`、`traps`，及 `escalation`、`script` 里的句子", Line),
    ("部门 `lead`、`support`", Competence),
    ("条文 `articles`、`basis`", ArticleRef),
    ("法条要旨 `statutes/*.yaml`", GistStatute),
    ("一条要旨 `articles`", Gist),
    ("案例 `cases/*.yaml`", Case),
    ("情节 `points`", CasePoint),
    ("出处 `source`", CaseSource),
    ("权责 `duties/*.yaml`", Duty),
    ("口语对照 `lexicon/*.yaml`", LexiconEntry),
    ("诉求样例 `tellings/*.yaml`", Telling),
    ("大类 `groups.yaml`", Group),
    ("期限 `time_limits.yaml`", TimeLimit),
)


def handbook(knowledge: Knowledge) -> str:
    """The whole document in Markdown, ending in a line feed.

    Raises:
        KnowledgeError: a part of the handbook is not there, or a field has no meaning in
            ``handbook/fields.yaml``.
    """
    lines = (
        _part("head.md"),
        *_totals(knowledge),
        "",
        *_tree(knowledge),
        "## 格式",
        "每个文件是一条记录或一组记录；不认识的字段、缺少的字段都报错。“必填”以外的可以不写。",
        "",
        *schema(),
        _part("conditions.md"),
        "",
        "## 一份完整的处置指引",
        "```yaml",
        (DATA / "playbooks" / f"{EXAMPLE}.yaml").read_text(encoding="utf-8").rstrip(),
        "```",
        "",
        _part("town.md"),
    )
    return "\n".join(lines) + "\n"


def _part(name: str) -> str:
    return Path(_PARTS, name).read_text(encoding="utf-8").rstrip()


def _totals(knowledge: Knowledge) -> Iterator[str]:
    gists = {(one.title, gist.article) for one in knowledge.statutes for gist in one.articles}
    rows = (
        ("事项", len(knowledge.playbooks)),
        ("大类", len({book.group for book in knowledge.playbooks})),
        ("群众说法", sum(len(book.phrasings) for book in knowledge.playbooks)),
        ("有要旨的法规", len({one.title for one in knowledge.statutes})),
        ("要旨（条）", len(gists)),
        ("案例", len(knowledge.cases)),
        ("其中浙江", sum(case.region[:1] == ["浙江省"] for case in knowledge.cases)),
        ("权责", len(knowledge.duties)),
        ("口语对照", len(knowledge.lexicon)),
        ("废止对照", len(knowledge.successions)),
        ("修订记录", len(knowledge.revisions)),
        ("知道而未收录的规定", len(knowledge.unheld)),
    )
    yield from ("| 内容 | 数量 |", "|---|---|")
    yield from (f"| {name} | {count} |" for name, count in rows)


def _tree(knowledge: Knowledge) -> Iterator[str]:
    """Groups in their order, the matters of each with what is known of them."""
    yield from ("## 两级事项", "")
    for group in knowledge.groups:
        books = [b for b in knowledge.playbooks if b.group in (group.name, *group.formerly)]
        yield f"### {group.name}（{len(books)}）"
        yield f"{group.scope}。"
        yield ""
        if books:
            yield from ("| 事项 | 编号 | 说法 | 条文 | 案例 |", "|---|---|---|---|---|")
            yield from (_row(knowledge, book) for book in books)
            yield ""


def _row(knowledge: Knowledge, book: Playbook) -> str:
    cases = sum(book.id in case.matters for case in knowledge.cases)
    cells = (book.name, f"`{book.id}`", len(book.phrasings), len(book.articles), cases)
    return f"| {' | '.join(map(str, cells))} |"


def schema(tables: Sequence[tuple[str, type[Record]]] = _TABLES) -> Iterator[str]:
    """A table of fields for each kind of record, headed by its title.

    Raises:
        KnowledgeError: a field has no meaning in ``handbook/fields.yaml``.
    """
    meanings = _MEANINGS.validate_python(read_yaml(_PARTS / "fields.yaml"))
    for title, model in tables:
        yield from (f"### {title}", "| 字段 | | 含义 |", "|---|---|---|")
        inherited_last = sorted(model.model_fields.items(), key=lambda one: one[0] == "only_if")
        for name, field in inherited_last:
            needed = "必填" if field.is_required() else ""
            meaning = meanings.get(model.__name__, {}).get(name)
            if meaning is None:
                raise KnowledgeError(f"handbook/fields.yaml：{model.__name__}.{name}没有写含义")
            yield f"| `{name}` | {needed} | {meaning} |"
        yield ""
