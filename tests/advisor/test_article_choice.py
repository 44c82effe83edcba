"""Which articles are tried, in which order."""

from advisor.article_choice import CORE, FIRST_CHOICE, wanted
from advisor.fitting import fitted
from corpus.model import ArticleRef, Duty, Step
from corpus.numerals import to_chinese


def _ref(number: int, *only_if: str) -> ArticleRef:
    return ArticleRef(law="示例法", article=f"第{to_chinese(number)}条", why="理", only_if=only_if)


def _tried(guide, duties=()):
    return [ref.article for ref in wanted(guide, duties)]


def _articles(*numbers):
    return [f"第{to_chinese(n)}条" for n in numbers]


def _guide(knowledge, *articles, steps=()):
    return knowledge.playbook("leak").model_copy(update={"articles": articles, "steps": steps})


def test_the_guides_best_come_before_its_steps_and_departments(knowledge) -> None:
    step = Step(action="看", owner="甲", days=1, basis=[_ref(20)])
    duty = Duty(id="one", department="局", power="管。", basis=[_ref(30), _ref(31)])
    guide = _guide(knowledge, *(_ref(n) for n in range(1, 9)), steps=(step,))
    assert _tried(guide, (duty,)) == _articles(1, 2, 3, 4, 5, 6, 20, 30, 7, 8)


def test_what_is_written_for_the_case_comes_before_what_holds_for_all(knowledge) -> None:
    always, dogs = [_ref(n) for n in range(1, 8)], [_ref(8, "狗"), _ref(9, "狗")]
    guide = fitted(_guide(knowledge, *always, *dogs), "狗叫")
    first = _tried(guide)[:FIRST_CHOICE]
    assert first == _articles(1, 2, 3, 4, 8, 9)
    assert _tried(guide)[FIRST_CHOICE:] == _articles(5, 6, 7)
    assert _tried(fitted(guide, "猫叫")) == _articles(*range(1, 8))


def test_the_first_of_a_guide_stay_before_any_number_of_others(knowledge) -> None:
    dogs = [_ref(n, "狗") for n in range(10, 30)]
    guide = fitted(_guide(knowledge, _ref(1), _ref(2), _ref(3), *dogs), "狗叫")
    assert _tried(guide)[: CORE + 1] == _articles(1, 2, 10)
    assert _tried(guide)[-1:] == _articles(3)


def test_a_steps_article_without_a_reason_is_there_for_the_step(knowledge) -> None:
    bare = ArticleRef(law="示例法", article="第二十条")
    step = Step(action="到场查看，拍照", owner="甲", days=1, basis=[bare])
    (found,) = wanted(_guide(knowledge, steps=(step,)), ())
    assert found.why == "用于“到场查看”这一步"
