"""The page while an advice is being made: the parts as they come are those of the whole page."""

import json
import re
from html.parser import HTMLParser

import pytest

from advisor.errors import StoreLocked
from api.app import create_app

FORM = {
    "text": "邻居填土堵住了我家的排水沟，污水倒灌。",
    "region": "",
    "occurred_on": "",
    "token": "t1",
}
LIVE = {"X-Requested-With": "fetch", "Accept": "text/event-stream"}
PARTS = ["analysis", "plan", "legal_basis", "precedents"]


@pytest.fixture
def told(browser, events_of):
    """Post the form as the script does; the HTML of each event by its name."""

    def post(form=FORM):
        response = browser.post("/advise", data=form, headers=LIVE)
        assert response.headers["content-type"].startswith("text/event-stream")
        return {name: value["html"] for _, name, value in events_of(response.text)}

    return post


def flat(html):
    return re.sub(r"\s+", " ", html).strip()


def test_each_part_is_the_html_of_the_whole_page(told, browser, services):
    html = told()

    page = flat(browser.get(f"/advice/{services.store.list().items[0].id}").text)
    assert list(html) == ["triage", "evidence", *PARTS, "done"]
    for part in PARTS:
        assert flat(html[part]) in page
    assert flat(html["done"]) in page


def test_the_frame_comes_with_the_triage_and_a_place_for_each_part(told):
    html = told()

    assert "相邻排水纠纷" in html["triage"]
    assert html["triage"].count("正在起草…") == 4
    assert 'data-action="stop"' in html["triage"]
    assert [re.search('id="([a-z_]+)"', html[part])[1] for part in PARTS] == PARTS
    for part in PARTS:
        assert f'id="{part}"' in html["triage"]


def test_chosen_evidence_stands_where_it_will_be_used(told):
    html = told()["evidence"]

    legal, precedents = html.split('<section class="panel part drafting" id="precedents"')
    assert 'id="L1"' in legal
    assert "《示例民事法》第九条" in legal
    assert 'id="C1"' in precedents


def test_every_child_of_an_advice_has_the_name_the_script_looks_for(told):
    children = Children()
    children.feed(told()["done"])

    assert len(children.ids) >= 8
    assert all(children.ids)
    assert len(set(children.ids)) == len(children.ids)


class Children(HTMLParser):
    """Collects the ids of the article's children, None for one without."""

    VOID = frozenset({"br", "img", "input", "meta"})

    def __init__(self):
        super().__init__()
        self.ids, self._depth = [], 0

    def handle_starttag(self, tag, attrs):
        if self._depth == 1:
            self.ids.append(dict(attrs).get("id"))
        self._depth += tag not in self.VOID

    def handle_endtag(self, tag):
        self._depth -= 1


def test_what_comes_is_escaped(told, services, sample_advice):
    hostile = "<img src=x onerror=alert(1)>"
    advice = sample_advice()
    analysis = advice.analysis.model_copy(update={"summary": hostile})
    basis = advice.legal_basis[0].model_copy(update={"law": hostile})
    services.made_of = lambda: advice.model_copy(
        update={"analysis": analysis, "legal_basis": (basis,)}
    )

    html = told({**FORM, "text": FORM["text"] + hostile})

    for part in ("evidence", "analysis", "legal_basis", "done"):
        assert "<img" not in html[part]
        assert "&lt;img" in html[part]


def test_a_refused_form_is_a_problem_in_words(browser):
    response = browser.post("/advise", data={**FORM, "text": ""}, headers=LIVE)

    assert response.status_code == 422
    assert response.headers["content-type"].startswith("text/html")
    assert "诉求内容为空" in response.text


def test_a_later_failure_is_told_in_words(told, services):
    def fail(name):
        if name == "stored":
            raise StoreLocked

    services.between = fail

    html = told()

    assert list(html)[-1] == "error"
    assert 'role="alert"' in html["error"]


def test_who_takes_no_stream_gets_the_result_alone(browser):
    response = browser.post("/advise", data=FORM, headers={"X-Requested-With": "fetch"})

    assert response.headers["content-type"].startswith("text/html")
    assert "<article" in response.text


def test_a_page_asked_for_too_early_shows_what_is_ready_and_comes_again(services, gate, serving):
    gate.at = "plan"
    with serving(create_app(services)) as client:
        with client.stream("POST", "/advise", data=FORM, headers=LIVE) as response:
            lines = response.iter_lines()
            first = next(line for line in lines if line.startswith("data: "))
            html = json.loads(first.removeprefix("data: "))["html"]
            path = "/advice/" + re.search('data-advice="([0-9a-f]+)"', html)[1]
            assert gate.reached.wait(30)
            page = client.get(path)
        gate.open()

    assert page.status_code == 202
    assert '<meta http-equiv="refresh"' in page.text
    assert "住户反映邻居填高地基" in page.text
    assert page.text.count("正在起草…") == 3
    assert "<form" not in page.text
    assert "data-action" not in page.text


@pytest.mark.parametrize("mode", ["llm", "extractive"])
def test_the_label_is_the_one_given_and_programs_find_it_where_a_model_wrote(
    browser, services, sample_advice, mode
):
    services.made_of = lambda: sample_advice(mode=mode, ai_label="示例标识")

    browser.post("/advise", data=FORM)
    found = services.store.list().items[0]
    page = browser.get(f"/advice/{found.id}").text

    assert page.count("示例标识") >= 2
    assert {"llm": "大模型起草", "extractive": "检索编排"}[mode] in page
    meta = re.search('<meta name="AIGC" content="([^"]+)">', page)
    assert (meta is not None) == (mode == "llm") == ("data-aigc" in page)
    if meta:
        label = json.loads(meta[1].replace("&#34;", '"'))
        assert label == {"Label": "1", "ContentProducer": "智治助手", "ProduceID": found.id}


def test_what_was_taken_out_is_said_with_its_reason(browser, services, sample_advice):
    services.made_of = lambda: sample_advice(status="partial")

    page = browser.post("/advise", data=FORM).text

    assert 'href="#rejected"' in page
    assert "《示例民事法》第九百条" in page
    assert "该法没有这一条" in page


def test_a_part_that_was_replaced_without_a_citation_is_said_too(browser, services, sample_advice):
    services.made_of = lambda: sample_advice(status="partial", rejected_citations=())

    page = browser.post("/advise", data=FORM).text

    assert "没有通过核对，已删除或改由处置指引生成" in page
    assert 'id="rejected"' not in page
