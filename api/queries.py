"""What is done to a search query before it is asked."""

from functools import cache

from opencc import OpenCC


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(query: str) -> str:
    """The query in simplified characters, as the index is; every character that has such a form.

    Unlike a complaint, a query is no record of what somebody wrote, so nothing is lost.
    """
    found: str = _converter().convert(query)
    return found
