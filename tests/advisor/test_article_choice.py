"""Which articles are tried, in which order."""

from advisor.article_choice import FIRST_CHOICE, further, wanted
from advisor.fitting import fitted
from corpus.model import ArticleRef, Duty, Step
from corpus.numerals import to_chinese


def _ref(number: int, *only_if: str) -> ArticleRef:
    return ArticleRef(law="示例法", article=f"第{to_chinese(number)}条", why="理", only_if=only_if)


def _tried(guide, duties=()):
    return [ref.article for ref in (*wanted(guide, duties), *further(guide))]


def _articles(*numbers):
    return [f"第{to_chinese(n)}条" for n in numbers]


def _guide(knowledge, *articles, steps=()):
    return knowledge.playbook("leak").model_copy(update={"articles": articles, "steps": steps})


def test_the_guides_best_come_before_its_steps_and_departments(knowledge) -> None:
    step = Step(action="看", owner="甲", days=1, basis=[_ref(20)])
    duty = Duty(id="one", department="局", power="管。", basis=[_ref(30), _ref(31)])
    guide = _guide(knowledge, *(_ref(n) for n in range(1, 9)), steps=(step,))
    assert _tried(guide, (duty,)) == _articles(1, 2, 3, 4, 5, 6, 20, 30, 7, 8)


def test_what_is_written_for_the_case_comes_before_steps_and_departments(knowledge) -> None:
    step = Step(action="看", owner="甲", days=1, basis=[_ref(20)])
    always, dogs = [_ref(n) for n in range(1, 9)], [_ref(9, "狗"), _ref(10, "狗")]
    guide = _guide(knowledge, *always, *dogs, steps=(step,))
    told, silent = _tried(fitted(guide, "狗叫")), _tried(fitted(guide, "猫叫"))
    assert list(dict.fromkeys(told)) == _articles(1, 2, 3, 4, 5, 6, 9, 10, 20, 7, 8)
    assert list(dict.fromkeys(silent)) == _articles(1, 2, 3, 4, 5, 6, 20, 7, 8)


def test_the_best_of_a_guide_come_first_whatever_fits(knowledge) -> None:
    dogs = [_ref(n, "狗") for n in range(10, 30)]
    guide = fitted(_guide(knowledge, *(_ref(n) for n in range(1, 8)), *dogs), "狗叫")
    assert _tried(guide)[: FIRST_CHOICE + 1] == _articles(1, 2, 3, 4, 5, 6, 10)


def test_a_steps_article_without_a_reason_is_there_for_the_step(knowledge) -> None:
    bare = ArticleRef(law="示例法", article="第二十条")
    step = Step(action="到场查看，拍照", owner="甲", days=1, basis=[bare])
    (found,) = wanted(_guide(knowledge, steps=(step,)), ())
    assert found.why == "用于“到场查看”这一步"
