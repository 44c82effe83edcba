"""The command line: exit codes, Chinese on stderr, JSON and plain text on stdout."""

import errno
import json
import sys

import pytest
from click.testing import CliRunner

from advisor.errors import StoreLocked
from advisor.settings import Settings
from api.cli import main
from api.cli.desk import Desk
from corpus.library import Library
from corpus.store import CorpusStore

COMPLAINT = "邻居填土堵住了我家的排水沟，污水倒灌进院子。"
LAW = """# 示例市停车条例

（2020年3月1日通过 自2020年5月1日起施行）

第一条　停车应当入位，不得占用消防通道。

第二条　在居住区增设车位，应当听取居民意见。
"""
CASE = """
id: own-1
title: 示例村调整车位
place: 示例市示例村
facts: 村口停车混乱。
measures: [开会商量, 划线]
outcome: 问题解决。
source: {kind: ledger}
"""


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def advisor(services, home):
    """Runs a command line with the double of the services and a corpus of one's own."""
    settings = Settings(home=home)

    def library_of(chosen: Settings) -> Library:
        from corpus.knowledge import Knowledge

        chosen.home.mkdir(parents=True, exist_ok=True)
        return Library(CorpusStore(chosen.corpus_path), Knowledge())

    desk = Desk(settings, services_of=lambda *_: services, library_of=library_of)

    def run(*args: str, **options):
        return CliRunner().invoke(main, args, obj=desk, **options)

    return run


def assert_refused(result, code, told):
    assert result.exit_code == code
    assert told in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_advise_gives_the_four_parts_in_order(advisor):
    result = advisor("advise", COMPLAINT)

    assert result.exit_code == 0
    places = [
        result.stdout.index(f"、{part}")
        for part in ("盘账分析", "清账方案", "法规支撑", "案例参考")
    ]
    assert places == sorted(places)
    assert "\x1b" not in result.stdout


def test_advise_json_is_the_contract(advisor):
    result = advisor("advise", COMPLAINT, "--json")

    advice = json.loads(result.stdout)
    assert advice["schema_version"] == 1
    assert advice["complaint"]["text"] == COMPLAINT


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig"])
@pytest.mark.parametrize("argument", ["-", None])
def test_advise_reads_stdin_in_chinese_encodings(advisor, services, encoding, argument):
    result = advisor("advise", *([argument] if argument else []), input=COMPLAINT.encode(encoding))

    assert result.exit_code == 0
    assert services.advised[0].text == COMPLAINT


def test_advise_reads_a_file(advisor, services, tmp_path):
    path = tmp_path / "诉求.txt"
    path.write_bytes(COMPLAINT.encode("gb18030"))

    assert advisor("advise", str(path)).exit_code == 0
    assert services.advised[0].text == COMPLAINT


def test_advise_reads_an_argument_in_gb18030(advisor, services):
    argument = COMPLAINT.encode("gb18030").decode("utf-8", "surrogateescape")

    assert advisor("advise", argument).exit_code == 0
    assert services.advised[0].text == COMPLAINT


def test_advise_passes_its_options_on(advisor, services):
    advisor(
        "advise", COMPLAINT, "--region", "杭州市", "--date", "2025-03-01", "--mode", "extractive"
    )

    request = services.advised[0]
    assert (request.region, request.mode) == ("杭州市", "extractive")
    assert request.occurred_on.isoformat() == "2025-03-01"


def test_advise_writes_a_word_document(advisor, tmp_path):
    result = advisor("advise", COMPLAINT, "--docx", str(tmp_path / "a.docx"))

    assert result.exit_code == 0
    assert "已写入" in result.stderr
    assert (tmp_path / "a.docx").read_bytes()[:2] == b"PK"


def test_an_advice_is_shown_where_its_document_cannot_be_written(advisor, tmp_path):
    result = advisor("advise", COMPLAINT, "--docx", str(tmp_path / "none" / "a.docx"))

    assert result.exit_code == 1
    assert "不存在" in result.stderr
    assert "清账方案" in result.stdout


@pytest.mark.parametrize(
    ("args", "content", "told"),
    [
        (["-"], b"", "为空"),
        (["-"], b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00", "二进制"),
        (["  "], None, "为空"),
        (["水" * 20_001], None, "超过"),
        (["please repair the broken drain in my street"], None, "只处理中文"),
        ([COMPLAINT, "--region", "火星市"], None, "无法识别地区"),
        ([COMPLAINT, "--date", "2999-01-01"], None, "晚于今天"),
        ([COMPLAINT, "--mode", "llm"], None, "大模型"),
    ],
)
def test_bad_complaints_exit_1(advisor, services, args, content, told):
    result = advisor("advise", *args, input=content)

    assert_refused(result, 1, told)
    assert services.store.list().items == ()


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["advise", COMPLAINT, "--date", "昨天"], "不是有效日期"),
        (["advise", COMPLAINT, "--mode", "magic"], "--mode"),
        (["advise", COMPLAINT, "--colour"], "没有选项 --colour"),
        (["advise", "一", "二"], "参数过多"),
        (["nothing"], "没有这个命令"),
        (["search", "停车", "--k", "0"], "--k"),
        (["search", "--queries", "q.jsonl"], "必须一起使用"),
        (["corpus", "show"], "缺少参数"),
        (["backup"], "缺少参数"),
    ],
)
def test_wrong_usage_exits_2_in_chinese(advisor, args, told):
    assert_refused(advisor(*args), 2, told)


def test_internal_failures_exit_3_without_a_traceback(advisor, services):
    services.failure = RuntimeError("secret text")

    result = advisor("advise", COMPLAINT)

    assert_refused(result, 3, "程序内部出错")
    assert "secret" not in result.stderr


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/甲"), "磁盘空间不足"),
        (OSError(errno.EROFS, "Read-only file system", "/甲"), "只读"),
        (OSError("64 requested and 0 written"), "可能磁盘空间不足"),
    ],
)
def test_a_disk_that_fails_is_told_in_chinese(advisor, services, error, told):
    services.failure = error
    result = advisor("advise", COMPLAINT)
    assert result.exit_code == 1
    assert told in result.stderr
    assert "device" not in result.stderr
    assert "requested" not in result.stderr


def test_an_unusable_store_exits_3(advisor, services):
    services.failure = StoreLocked()

    assert_refused(advisor("advise", COMPLAINT), 3, "占用")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("ADVISOR_PORT", "abc", "ADVISOR_PORT 应为整数"),
        ("ADVISOR_PORT", "70000", "ADVISOR_PORT 不能大于 65535"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch, name, value, told):
    monkeypatch.setenv(name, value)

    assert_refused(CliRunner().invoke(main, ["corpus", "status"]), 1, told)


def test_debug_shows_the_failure(advisor, services, monkeypatch):
    monkeypatch.setenv("ADVISOR_DEBUG", "1")
    services.failure = RuntimeError("the cause")

    result = advisor("advise", COMPLAINT)

    assert isinstance(result.exception, RuntimeError)


def test_search_lists_hits(advisor):
    result = advisor("search", "停車入位", "--k", "3", "--date", "2024-01-02")

    assert result.exit_code == 0
    assert "《示例市停车条例》第一条" in result.stdout
    assert "现行有效" in result.stdout


def test_search_json(advisor):
    found = json.loads(advisor("search", "车位", "--kind", "case", "--json").stdout)

    assert found["hits"][0]["case_id"] == "case-1"


def test_search_that_finds_nothing_says_so(advisor):
    result = advisor("search", "胡言")

    assert result.exit_code == 0
    assert "没有找到" in result.stdout


def test_batch_search_writes_a_row_for_each_query(advisor, tmp_path):
    rows = [
        {"id": "1", "question": "停车", "as_of": "2024-01-01", "region": "杭州市"},
        {"id": "2", "question": "胡言"},
    ]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")

    result = advisor("search", "--queries", str(source), "--out", str(target))

    assert result.exit_code == 0
    first, second = (json.loads(line) for line in target.read_text().splitlines())
    assert first["hits"][0]["law"] == "示例市停车条例"
    assert set(first["hits"][0]) == {"law", "part", "article", "file", "score"}
    assert second == {"id": "2", "hits": []}


def test_a_bad_row_leaves_no_half_result(advisor, tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": "1", "question": "停车"}\n{"id": 2}\n')

    assert_refused(advisor("search", "--queries", str(source), "--out", str(target)), 1, "第 2 行")
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == []


@pytest.fixture
def laws(tmp_path):
    folder = tmp_path / "laws"
    folder.mkdir()
    (folder / "示例市停车条例(2020-03-01).md").write_text(LAW, encoding="utf-8")
    (folder / "坏文件.docx").write_bytes(b"not a docx")
    return folder


def test_corpus_add_reads_and_reports(advisor, laws):
    result = advisor("corpus", "add", str(laws), "--json")

    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert report["statutes"] == 1
    assert report["articles"] == 2
    assert report["index"]
    assert [one["path"] for one in report["skipped"]] == ["坏文件.docx"]


def test_corpus_status_accounts_for_every_file(advisor, laws):
    advisor("corpus", "add", str(laws), "--no-index")

    status = json.loads(advisor("corpus", "status", "--json").stdout)

    assert set(status) == {
        "statutes",
        "articles",
        "documents",
        "cases",
        "as_of",
        "files",
        "knowledge",
    }
    assert (status["statutes"], status["articles"]) == (1, 2)
    assert status["files"]["read"] == 1
    assert status["files"]["skipped"][0]["path"] == "坏文件.docx"
    assert status["files"]["skipped"][0]["reason"]


def test_corpus_lint_of_a_sound_corpus(advisor, laws):
    (laws / "坏文件.docx").unlink()
    advisor("corpus", "add", str(laws), "--no-index")

    result = advisor("corpus", "lint", "--json")

    assert result.exit_code == 0
    assert not [one for one in json.loads(result.stdout)["findings"] if one["severity"] == "error"]


def test_corpus_add_again_changes_nothing(advisor, laws):
    first = json.loads(advisor("corpus", "add", str(laws), "--json").stdout)
    second = json.loads(advisor("corpus", "add", str(laws), "--json").stdout)

    assert second["index"] == first["index"]
    assert second["articles"] == 0


@pytest.mark.parametrize(
    "reference",
    [
        ["示例市停车条例第二条"],
        ["示例市停车条例2"],
        ["《示例市停车条例》第2条"],
        ["示例市停车条例", "2"],
    ],
)
def test_corpus_show_understands_references(advisor, laws, reference):
    advisor("corpus", "add", str(laws), "--no-index")

    result = advisor("corpus", "show", *reference)

    assert result.exit_code == 0
    assert "《示例市停车条例》第二条　［原文］" in result.stdout
    assert "应当听取居民意见" in result.stdout


def test_corpus_show_json_and_date(advisor, laws):
    advisor("corpus", "add", str(laws), "--no-index")

    result = advisor("corpus", "show", "示例市停车条例1", "--date", "2020-04-01", "--json")

    found = json.loads(result.stdout)
    assert found["article"] == "第一条"
    assert found["statute"]["validity"]["status"] == "not_yet_in_force"


def test_corpus_show_of_a_title_lists_versions(advisor, laws):
    advisor("corpus", "add", str(laws), "--no-index")

    assert "示例市停车条例" in advisor("corpus", "show", "示例市停车条例").stdout


@pytest.mark.parametrize(
    ("reference", "told"),
    [("没有的法第一条", "没有找到"), ("示例市停车条例99", "没有第九十九条"), ("abc", "没有找到")],
)
def test_corpus_show_of_unknown_law_is_refused(advisor, laws, reference, told):
    advisor("corpus", "add", str(laws), "--no-index")

    assert_refused(advisor("corpus", "show", reference), 1, told)


def test_corpus_list(advisor, laws):
    advisor("corpus", "add", str(laws), "--no-index")

    assert "示例市停车条例\t" in advisor("corpus", "list").stdout
    assert json.loads(advisor("corpus", "list", "--json").stdout)[0]["title"] == "示例市停车条例"


def test_corpus_add_of_a_missing_path_is_refused(advisor):
    assert_refused(advisor("corpus", "add", "/nowhere/at/all"), 1, "路径不存在")


def test_cases_add_stores_and_indexes(advisor, home, tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(CASE, encoding="utf-8")

    result = advisor("cases", "add", str(path), "--json")

    assert result.exit_code == 0
    assert json.loads(result.stdout)["cases"] == ["own-1"]
    assert [case.id for case in CorpusStore(home / "corpus.db").cases()] == ["own-1"]


def test_one_bad_case_file_stores_none(advisor, home, tmp_path):
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(CASE, encoding="utf-8")
    bad.write_text("id: x\ntitle: 缺字段\n", encoding="utf-8")

    result = advisor("cases", "add", str(good), str(bad), "--no-index")

    assert result.exit_code == 1
    assert "bad.yaml" in result.stderr
    assert CorpusStore(home / "corpus.db").cases() == ()


def test_index_build_verify_status(advisor, laws):
    advisor("corpus", "add", str(laws), "--no-index")

    built = json.loads(advisor("index", "build", "--json").stdout)
    assert built["articles"] == 2
    assert json.loads(advisor("index", "verify", "--json").stdout) == built
    assert json.loads(advisor("index", "status", "--json").stdout) == built
    assert (built["configured_embedder"], built["configured_reranker"]) == ("shipped", "none")
    shown = advisor("index", "status").stdout
    assert f"向量模型 {built['embedder']}（设置 shipped）" in shown
    assert "重排模型 none" in shown


def test_a_model_that_is_not_written_as_it_must_be_is_refused(laws, home):
    settings = {"ADVISOR_HOME": str(home), "ADVISOR_EMBEDDER": "openai:m"}
    result = CliRunner().invoke(main, ["index", "build"], env=settings)
    assert_refused(result, 3, "ADVISOR_EMBEDDER 的写法无效")


def test_training_without_torch_says_what_to_install(advisor, laws, monkeypatch, tmp_path):
    advisor("corpus", "add", str(laws), "--no-index")
    monkeypatch.setitem(sys.modules, "indexer.learner", None)
    result = advisor("index", "train", "--out", str(tmp_path / "model"))
    assert_refused(result, 3, "torch")
    assert not (tmp_path / "model").exists()


def test_training_refuses_questions_it_cannot_read(advisor, tmp_path):
    path = tmp_path / "questions.jsonl"
    path.write_text('{"question": "停车"}', encoding="utf-8")
    out = str(tmp_path / "model")
    assert_refused(advisor("index", "train", "--out", out, "--questions", str(path)), 3, "第 1 行")


def test_a_damaged_index_fails_its_check(advisor, laws, home):
    advisor("corpus", "add", str(laws))
    generation = next(path for path in (home / "index").iterdir() if path.is_dir())
    victim = max(generation.rglob("*.*"), key=lambda path: path.stat().st_size)
    victim.write_bytes(victim.read_bytes()[:-1] + b"\x00\xff")

    assert_refused(advisor("index", "verify"), 3, "损坏")


def test_a_missing_index_says_what_to_do(advisor):
    assert_refused(advisor("index", "status"), 3, "advisor index build")


def test_cite_check(advisor, laws):
    advisor("corpus", "add", str(laws), "--no-index")
    text = "依据《示例市停车条例》第一条和《示例市停车条例》第九十条办理。"

    result = advisor("cite", "check", "-", "--region", "全国", "--json", input=text)

    rows = json.loads(result.stdout)["citations"]
    assert len(rows) == 2
    assert rows[1]["verdict"] == "not_found"
    assert set(rows[0]) == {
        "text",
        "law",
        "article",
        "paragraph",
        "verdict",
        "reason",
        "suggestion",
    }


def test_cite_check_of_a_text_without_citations(advisor):
    assert "没有找到" in advisor("cite", "check", "-", input="今天天气很好。").stdout


def test_backup_and_restore(advisor, laws, home, tmp_path):
    advisor("corpus", "add", str(laws), "--no-index")
    out = tmp_path / "b.zip"

    assert advisor("backup", str(out)).exit_code == 0
    (home / "corpus.db").unlink()
    assert advisor("restore", str(out)).exit_code == 0
    assert json.loads(advisor("corpus", "status", "--json").stdout)["articles"] == 2


def test_restore_of_something_else_is_refused(advisor, tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(b"no zip")

    assert_refused(advisor("restore", str(path)), 1, "备份")


@pytest.mark.parametrize(
    "args", [[], ["advise"], ["corpus", "add"], ["cite", "check"], ["index", "build"], ["serve"]]
)
def test_every_command_has_help(advisor, args):
    result = advisor(*args, "--help")

    assert result.exit_code == 0
    assert args == [] or "--json" in result.stdout
    assert "Usage" not in result.stdout
    assert "Options" not in result.stdout
    assert "Show this" not in result.stdout
