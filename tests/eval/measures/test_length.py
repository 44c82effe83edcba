from eval.measures.length import LENGTH, LONGEST, WITHIN_LENGTH, characters


def test_everything_shown_is_counted_and_white_space_is_not(answer, plan_with):
    before = characters(answer())
    longer = answer(advice=plan_with(escalation="三天不挪的报消防大队。\n　 再看 一次。"))
    assert characters(longer) == before + 5
    assert LENGTH.value(answer()) == float(before)


def test_an_advice_too_long_is_told(answer, plan_with):
    assert WITHIN_LENGTH.value(answer()) == 1.0
    assert WITHIN_LENGTH.value(answer(advice=plan_with(escalation="长" * LONGEST))) == 0.0
    assert LENGTH.of_crash(answer().case) is None
    assert WITHIN_LENGTH.of_crash(answer().case) == 0.0
