"""The word lists complaints are generated from; the recogniser never reads them."""

from functools import cache
from pathlib import Path

from corpus.knowledge import read_yaml
from eval.errors import DatasetInvalid

_PATH = Path(__file__).parent / "lists.yaml"


def word_list(name: str) -> tuple[str, ...]:
    """The words under a name in ``lists.yaml``.

    Raises:
        DatasetInvalid: there is no such list.
    """
    words = _lists().get(name)
    if not isinstance(words, str):
        raise DatasetInvalid(_PATH, f"没有词表 {name}")
    return tuple(words.split())


@cache
def _lists() -> dict[object, object]:
    content = read_yaml(_PATH)
    return content if isinstance(content, dict) else {}
