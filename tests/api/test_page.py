"""The page: with and without JavaScript, escaped, nothing from elsewhere."""

import re

import pytest

ATTACK = (
    "邻居填土堵住了我家用了三十年的排水沟，现在污水天天倒灌，找他商量多次都不理。"
    "<script>alert('x')</script>填土堵沟\"><img src=x onerror=alert(1)>{{7*7}}</textarea>"
)
FORM = {
    "text": "邻居填土堵住了我家的排水沟，污水倒灌。",
    "region": "",
    "occurred_on": "",
    "token": "t1",
}


def test_the_empty_page_has_the_form_with_the_default_region(browser):
    response = browser.get("/")

    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    assert 'name="text"' in response.text
    assert 'value="浙江省嘉兴市秀洲区"' in response.text
    assert "2025年4月19日" in response.text


def test_the_example_fills_the_form_without_a_script(browser):
    assert "老水沟" in re.search(
        "<textarea[^>]*>(.*?)</textarea>", browser.get("/?example=1").text, re.S
    ).group(1)


def test_a_form_post_gives_a_page_with_the_four_parts_in_order(browser):
    response = browser.post("/advise", data=FORM)

    assert response.status_code == 200
    parts = ["盘账分析", "清账方案", "法规支撑", "案例参考"]
    places = [response.text.index(f'-title">{part}</h2>') for part in parts]
    assert places == sorted(places)
    for shown in (
        "联办",
        "较急",
        "68",
        "本建议由人工智能辅助生成",
        "还要查清",
        "当日",
        "3 日内",
        "第九条第二款",
        "原文",
        "要旨",
        "文本此后已修订，请核对新文本",
        "与本事项相同",
        "与本事项不同",
        "群众告知口径",
        "查无此条",
    ):
        assert shown in response.text


def test_a_script_gets_the_result_alone(browser):
    response = browser.post("/advise", data=FORM, headers={"X-Requested-With": "fetch"})

    assert response.status_code == 200
    assert response.text.lstrip().startswith("<article")
    assert "<html" not in response.text


def test_what_was_pasted_is_escaped_everywhere(browser):
    response = browser.post("/advise", data={**FORM, "text": ATTACK})

    assert response.status_code == 200
    assert "<script>alert" not in response.text
    assert "<img src=x" not in response.text
    assert "{{7*7}}" in response.text
    assert "&lt;script&gt;" in response.text


def test_advice_text_itself_is_escaped(browser, services, sample_advice):
    hostile = sample_advice()
    plan = hostile.plan.model_copy(update={"resident_script": "<b onclick=x>好</b></textarea>"})
    hostile = hostile.model_copy(update={"plan": plan})
    services.advise = lambda *_, **__: hostile

    text = browser.post("/advise", data=FORM).text

    assert "<b onclick" not in text
    assert "&lt;b onclick" in text


def test_what_an_article_needs_beside_it_is_folded_and_escaped(browser, services, sample_advice):
    services.advise = lambda *_, **__: sample_advice()
    page = browser.post("/advise", data=FORM).text

    folded = re.search('<details class="context">(.*?)</details>', page, re.S).group(1)
    assert "同法相关条文（1）" in folded
    assert "<b>同法第三条对“流水”的规定</b>：本法所称流水，是指&lt;自然&gt;流动的水。" in folded


def test_an_abstention_and_a_partial_advice_say_so(browser, services, sample_advice):
    advice = sample_advice()
    unsure = advice.matter.model_copy(update={"type": None, "name": "未识别", "abstained": True})
    services.advise = lambda *_, **__: advice.model_copy(
        update={"matter": unsure, "legal_basis": (), "precedents": ()}
    )

    text = browser.post("/advise", data=FORM).text

    assert "未能确定事项类型" in text
    assert "没有找到能够确定适用的条文" in text
    assert "暂无足够相近的办结案例" in text
    assert "把握" not in text

    services.advise = lambda *_, **__: advice.model_copy(update={"status": "partial"})
    assert "部分内容的引用没有通过核对" in browser.post("/advise", data=FORM).text


def test_only_web_addresses_become_links(browser):
    text = browser.post("/advise", data=FORM).text

    assert 'href="https://law.example/9"' in text
    assert "javascript:" not in text


def test_evidence_marks_lead_to_their_cards(browser):
    text = browser.post("/advise", data=FORM).text

    for one in set(re.findall('class="ev" href="#([^"]+)"', text)):
        assert f'id="{one}"' in text
    assert 'href="#L1"' in text


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"text": "  "}, "诉求内容为空"),
        ({"text": "hello, my drain is blocked by a neighbour"}, "只处理中文"),
        ({"region": "火星市"}, "无法识别地区"),
        ({"occurred_on": "不是日期"}, "事发日期：不是有效日期"),
        ({"occurred_on": "2999-01-01"}, "晚于今天"),
    ],
)
@pytest.mark.parametrize("headers", [{}, {"X-Requested-With": "fetch"}])
def test_errors_are_shown_in_chinese_and_nothing_typed_is_lost(browser, changes, shown, headers):
    form = {**FORM, **changes}

    response = browser.post("/advise", data=form, headers=headers)

    assert response.status_code == 422
    assert shown in response.text
    assert 'role="alert"' in response.text
    if not headers and form["text"].strip():
        assert form["text"] in response.text


def test_an_internal_failure_shows_no_detail(browser, services):
    services.failure = RuntimeError("secret")

    response = browser.post("/advise", data=FORM)

    assert response.status_code == 500
    assert "secret" not in response.text


def test_the_same_form_sent_twice_gives_one_advice(browser, services):
    browser.post("/advise", data=FORM)
    browser.post("/advise", data=FORM)
    browser.post("/advise", data={**FORM, "text": "路灯坏了三天没人修。"})

    assert len(services.advised) == 2


def test_a_stored_advice_has_its_own_page(browser, services):
    browser.post("/advise", data=FORM)
    found = services.store.list().items[0]

    response = browser.get(f"/advice/{found.id}")

    assert response.status_code == 200
    assert "清账方案" in response.text
    assert FORM["text"] in response.text


def test_an_unknown_advice_page_is_a_404_in_words(browser):
    response = browser.get("/advice/none")

    assert response.status_code == 404
    assert "没有找到" in response.text
    assert response.headers["content-type"].startswith("text/html")


def test_nothing_is_loaded_from_elsewhere_and_no_script_is_inline(browser):
    pages = [browser.get("/").text, browser.post("/advise", data=FORM).text]

    for text in pages:
        assert not re.search(r'(?:src|href)="(?:https?:)?//(?!law\.example|news\.example)', text)
        assert not re.search(r"<script(?![^>]*src=)", text)
        assert not re.search(r"\son[a-z]+=|<style|\sstyle=", text)


def test_the_policy_forbids_inline_script_and_framing(browser):
    headers = browser.get("/").headers

    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "kind"),
    [("site.css", "text/css"), ("site.js", "javascript"), ("icon.svg", "image/svg+xml")],
)
def test_own_files_are_served(browser, path, kind):
    response = browser.get(f"/static/{path}")

    assert response.status_code == 200
    assert kind in response.headers["content-type"]


def test_every_field_has_its_label(browser):
    text = browser.get("/").text

    for name in re.findall(r'<(?:input|textarea)[^>]* id="([^"]+)"', text):
        assert f'for="{name}"' in text
