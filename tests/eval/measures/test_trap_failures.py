from eval.measures.trap_failures import TRAPS, TRAPS_BY_KIND, sprung

CRIMINAL = {"kind": "criminal", "forbidden": ["私了"], "required": ["报消防大队"]}
INFORMANT = {"kind": "informant", "forbidden": ["老林"], "within": ["plan"]}


def of_kind(kind):
    return next(one for one in TRAPS_BY_KIND if one.name == f"trap_{kind}")


def test_traps_are_counted_for_the_case_and_for_each_kind(answer, plan_with):
    case = {"traps": [CRIMINAL, INFORMANT]}
    clean = answer(case)
    assert sprung(clean) == ()
    assert TRAPS.value(clean) == 0.0
    told = answer(case, plan_with(resident_script="老林讲的，车已经挪了。"))
    assert TRAPS.value(told) == 0.5
    assert of_kind("informant").value(told) == 1.0
    assert of_kind("criminal").value(told) == 0.0
    assert of_kind("repealed_law").value(told) is None


def test_a_name_carried_on_in_a_long_quotation_is_still_a_leak(answer, plan_with):
    text = "我是老林，三幢的，消防通道天天被面包车堵着。"
    case = {"text": text, "traps": [INFORMANT]}
    found = answer(case, plan_with(resident_script=f"有人反映：{text}"))
    assert TRAPS.value(found) == 1.0


def test_a_required_word_must_be_said_and_not_only_repeated(answer, analysis_with):
    case = {
        "text": "消防通道被堵，是不是应当由公安机关马上来处理。",
        "traps": [{"kind": "criminal", "required": ["公安"]}],
    }
    echoed = answer(case, analysis_with(summary="反映的是：是不是应当由公安机关马上来处理。"))
    said = answer(case, analysis_with(summary="这件事报公安。"))
    assert TRAPS.value(echoed) == 1.0
    assert TRAPS.value(said) == 0.0


def test_a_case_without_traps_has_none(answer):
    assert TRAPS.value(answer()) is None
    assert TRAPS.of_crash(answer().case) is None
    assert TRAPS.of_crash(answer({"traps": [CRIMINAL]}).case) == 1.0
