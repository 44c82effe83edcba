"""The forms below an advice, as a browser without a script sends them."""

import pytest

FORM = {
    "text": "邻居填土堵住了我家的排水沟，污水倒灌。",
    "region": "",
    "occurred_on": "",
    "token": "t",
}


@pytest.fixture
def advice_id(browser):
    return browser.post("/v1/advice", json={"text": FORM["text"]}).json()["id"]


def send(browser, advice_id, kind="feedback", **fields):
    return browser.post(f"/advice/{advice_id}/{kind}", data={"by": "张三", **fields})


def section(page: str) -> str:
    return page[page.index('id="say"') :]


def test_an_advice_just_given_carries_the_forms(browser):
    page = browser.post("/advise", data=FORM).text
    assert "这份建议用上了吗？" in page
    alone = browser.post("/advise", data=FORM, headers={"X-Requested-With": "fetch"}).text
    assert "这份建议用上了吗？" in alone


def test_a_verdict_is_kept_and_shown(browser, services, advice_id):
    sent = send(
        browser, advice_id, verdict="adopted", sections=["plan", "legal_basis"], reason="other"
    )
    assert (sent.status_code, sent.headers["location"]) == (303, f"/advice/{advice_id}#say")
    (standing,) = services.recorder.log.standings(advice_id)
    assert (standing.verdict, standing.reason) == ("adopted", None)
    assert standing.sections == ("plan", "legal_basis")
    shown = section(browser.get(f"/advice/{advice_id}").text)
    assert "<b>采纳</b>" in shown
    assert "张三" in shown
    assert "更正反馈" in shown
    assert 'value="plan" checked' in shown


def test_the_plan_counts_as_rewritten_only_where_it_was(browser, services, advice_id):
    plan = browser.get(f"/v1/advice/{advice_id}/plan.txt").text
    untouched = plan.replace("\n", "\r\n")  # as a browser sends the lines of a text field
    send(browser, advice_id, verdict="modified", edited_plan=untouched)
    assert services.recorder.log.standings(advice_id)[0].edit_distance is None
    send(browser, advice_id, verdict="modified", edited_plan=untouched + "\r\n再开一次会。")
    assert 0 < services.recorder.log.standings(advice_id)[0].edit_distance < 0.1
    send(browser, advice_id, verdict="adopted", edited_plan=untouched + "\r\n再开一次会。")
    assert services.recorder.log.standings(advice_id)[0].edit_distance is None


def test_an_outcome_is_kept_and_shown(browser, services, advice_id):
    sent = send(
        browser,
        advice_id,
        "outcome",
        cleared="yes",
        closed_on="2025-06-13",
        reopened="",
        satisfied="yes",
    )
    assert sent.status_code == 303
    (standing,) = services.recorder.log.standings(advice_id)
    assert (standing.days, standing.reopened, standing.satisfied) == (12, None, True)
    shown = section(browser.get(f"/advice/{advice_id}").text)
    assert "用时 12 天" in shown
    assert "群众满意" in shown
    send(browser, advice_id, "outcome", cleared="no", closed_on="2025-06-13", reopened="yes")
    (standing,) = services.recorder.log.standings(advice_id)
    assert (standing.cleared, standing.closed_on, standing.reopened) == (False, None, None)


@pytest.mark.parametrize(
    ("kind", "fields", "told"),
    [
        ("feedback", {"verdict": "rejected"}, "未采纳的，请选择原因"),
        ("feedback", {}, "采纳情况：只能填写"),
        ("feedback", {"verdict": "adopted", "by": "  "}, "反馈人：不能少于 1 个字符"),
        ("outcome", {"cleared": "yes"}, "办结的请填办结日期"),
        ("outcome", {"cleared": "yes", "closed_on": "昨天"}, "办结日期：不是有效日期"),
        ("outcome", {}, "是否办结：应为 true 或 false"),
    ],
)
def test_what_is_refused_says_why_and_keeps_what_was_typed(browser, advice_id, kind, fields, told):
    sent = send(browser, advice_id, kind, **{"note": "<i>写了半天</i>", **fields})
    assert sent.status_code == 422
    assert told in sent.text
    assert "&lt;i&gt;写了半天" in section(sent.text)
    assert "盘账分析" in sent.text


def test_nothing_is_shown_of_what_does_not_exist(browser):
    sent = send(browser, "nobody", verdict="adopted")
    assert sent.status_code == 404
    assert send(browser, "nobody", "outcome", cleared="no").status_code == 404


def test_a_reviewer_sees_no_verdict_and_gives_his_own(browser, services, advice_id):
    send(browser, advice_id, verdict="rejected", reason="too_general")
    page = browser.get(f"/advice/{advice_id}?review=1").text
    shown = section(page)
    assert "复评" in shown
    assert "张三" not in page
    assert "checked" not in shown
    assert "selected" not in shown
    own = send(browser, advice_id, "review", verdict="adopted")
    assert own.status_code == 422
    assert "复评人不能是首次反馈人" in own.text
    kept = send(browser, advice_id, "review", verdict="adopted", by="王五")
    assert kept.headers["location"] == "/?reviewed=1"
    assert "复评已登记" in browser.get("/?reviewed=1").text
    assert len(services.recorder.log.entries(advice_id)) == 2
