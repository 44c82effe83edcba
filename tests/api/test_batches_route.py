"""Batches over HTTP and on the page: handed in, followed, stopped, listed, downloaded."""

import io
import json

import pytest
from docx import Document
from openpyxl import load_workbook

from advisor.jobs.books import open_books
from advisor.jobs.scripted import EMPTY, scripted_crafts, write_rows
from advisor.jobs.working import Work

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LINES = {"Content-Type": "application/jsonl"}


@pytest.fixture
def books(services):
    return open_books(services.settings.store_url)


@pytest.fixture
def work(books):
    """What workers would do with a batch."""

    def work(batch_id):
        craft = Work(books, scripted_crafts())
        last = craft.read_in(batch_id)
        craft.work(batch_id, 1, last)
        craft.group(batch_id)

    return work


@pytest.fixture
def raw(tmp_path):
    path = tmp_path / "台账.jsonl"
    write_rows(path, ["路灯不亮"] * 40 + [EMPTY])
    return path.read_bytes()


def _hand_in(browser, raw, **options):
    return browser.post("/v1/batches?name=台账.jsonl", content=raw, headers=LINES, **options)


def test_a_batch_is_taken_followed_and_its_rows_read_page_by_page(browser, raw, work):
    taken = _hand_in(browser, raw)
    assert taken.status_code == 202, taken.text
    address = taken.headers["location"]
    assert (taken.json()["state"], taken.json()["rows"]) == ("taken", None)
    work(taken.json()["id"])

    told = browser.get(address).json()
    assert (told["state"], told["rows"], told["worked"], told["unworked"]) == ("done", 41, 40, 1)
    assert told["source"] == "台账.jsonl"
    seen, cursor = [], ""
    while cursor is not None:
        page = browser.get(f"{address}/items?limit=15{cursor}").json()
        seen += [one["number"] for one in page["items"]]
        cursor = f"&cursor={page['next_cursor']}" if page["next_cursor"] else None
    assert seen == list(range(40, 0, -1))
    assert browser.get(f"{address}/items?track=督办").json()["items"] == []
    (cluster,) = browser.get(f"{address}/clusters").json()["items"]
    assert len(cluster["members"]) == 40
    assert [one["id"] for one in browser.get("/v1/batches").json()["items"]] == [told["id"]]


def test_the_same_key_gives_the_same_batch_and_another_file_is_refused(browser, raw):
    key = {"Idempotency-Key": "a", **LINES}
    first = browser.post("/v1/batches", content=raw, headers=key)
    again = browser.post("/v1/batches", content=raw, headers=key)
    other = browser.post("/v1/batches", content=raw + b"\n{}", headers=key)
    assert first.json()["id"] == again.json()["id"]
    assert other.status_code == 409


def test_results_are_files_with_every_row(browser, raw, work):
    address = _hand_in(browser, raw).headers["location"]
    work(address.rpartition("/")[2])
    book = browser.get(f"{address}/result.xlsx")
    assert book.headers["content-type"] == XLSX
    assert "attachment" in book.headers["content-disposition"]
    assert "未处理行" in load_workbook(io.BytesIO(book.content)).sheetnames
    lines = browser.get(f"{address}/result.jsonl").text.splitlines()
    kinds = [json.loads(line)["kind"] for line in lines]
    assert (kinds.count("item"), kinds.count("unworked")) == (40, 1)


def test_an_item_and_a_group_are_papers(browser, raw, work):
    address = _hand_in(browser, raw).headers["location"]
    work(address.rpartition("/")[2])
    for paper in ("items/3.docx", "clusters/k0.docx"):
        found = browser.get(f"{address}/{paper}")
        assert found.status_code == 200, found.text
        assert Document(io.BytesIO(found.content)).tables
    assert browser.get(f"{address}/items/41.docx").status_code == 404
    assert browser.get(f"{address}/clusters/none.docx").status_code == 404


def test_a_batch_is_stopped_and_taken_up_again(browser, raw):
    address = _hand_in(browser, raw).headers["location"]
    assert browser.post(f"{address}/cancel").json()["state"] == "paused"
    assert browser.post(f"{address}/resume").json()["state"] == "taken"
    assert browser.get("/v1/batches/unknown").status_code == 404


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        (b"", "application/jsonl", 422, "empty_file"),
        (b"x", "image/png", 415, "media_type"),
        (b"x", "multipart/form-data; boundary=y", 422, "form"),
    ],
)
def test_what_is_no_ledger_is_refused(browser, content, kind, status, code):
    refused = browser.post("/v1/batches", content=content, headers={"Content-Type": kind})
    assert refused.status_code == status, refused.text
    assert refused.json()["code"] == code


def test_a_model_nobody_configured_is_refused(browser, raw):
    refused = browser.post("/v1/batches?mode=llm", content=raw, headers=LINES)
    assert (refused.status_code, refused.json()["code"]) == (422, "no_model")


def test_the_page_takes_a_form_and_shows_the_list_without_a_script(browser, raw, work):
    form = {"file": ("C:\\我的\\三月<b>.jsonl", raw, "application/jsonl")}
    sent = browser.post("/batches", files=form)
    assert sent.status_code == 303, sent.text
    address = sent.headers["location"]
    under_way = browser.get(address).text
    assert 'http-equiv="refresh"' in under_way
    work(address.rpartition("/")[2])
    page = browser.get(address).text
    assert 'http-equiv="refresh"' not in page
    assert "三月&lt;b&gt;.jsonl" in page
    assert "示例（40）" in page
    assert 'rel="next"' in page
    assert "未使用大模型" in page
    assert "三月" in browser.get("/batches").text
    assert browser.get("/batches/unknown").status_code == 404


def test_a_form_without_a_file_says_so(browser):
    refused = browser.post("/batches", files={"file": ("", b"", "application/octet-stream")})
    assert refused.status_code == 422
    assert "请选择台账文件" in refused.text
