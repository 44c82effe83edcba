from eval.measures.key_points import KEY_POINTS, KEY_POINTS_ANALYSIS, KEY_POINTS_PLAN


def test_points_are_looked_for_in_their_own_part(answer):
    found = answer()
    assert KEY_POINTS.value(found) == 0.666667
    assert KEY_POINTS_ANALYSIS.value(found) == 0.0
    assert KEY_POINTS_PLAN.value(found) == 1.0


def test_what_is_repeated_of_the_complaint_shows_nothing(answer, analysis_with):
    told = {"text": "他们讲只要有人打电话就来把车移走挪车。"}
    echoed = answer(told, analysis_with(risks=[{"text": "只要有人打电话就来把车移走挪车"}]))
    said = answer(told, analysis_with(risks=[{"text": "先挪车"}]))
    assert KEY_POINTS_ANALYSIS.value(echoed) == 0.0
    assert KEY_POINTS_ANALYSIS.value(said) == 1.0


def test_a_case_without_points_for_a_part_has_no_such_measure(answer):
    point = {"part": "plan", "point": "x", "any_of": [["挪车"]]}
    found = answer({"key_points": [point, point, point]})
    assert KEY_POINTS_ANALYSIS.value(found) is None
    assert KEY_POINTS_PLAN.value(found) == 1.0
