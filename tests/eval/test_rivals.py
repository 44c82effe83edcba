"""The rivals: each finds, none is needed; where its library is absent a sentence says so."""

import sys
from importlib.util import find_spec

import pytest

from eval.errors import RivalAbsent
from eval.rivals import RIVALS, Bm25sRival, TantivyRival, characters, jieba_words

TEXTS = ("楼上漏水应当赔偿损失", "车位应当先满足业主", "水沟不得堵塞 hello")
ABSENT = [name for name in ("bm25s", "jieba", "tantivy") if find_spec(name) is None]

needed = pytest.mark.skipif(bool(ABSENT), reason=f"needs the [eval] extra, absent: {ABSENT}")


@needed
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::SyntaxWarning")
@pytest.mark.parametrize("name", RIVALS)
def test_a_rival_ranks_what_shares_words_and_leaves_out_the_rest(name):
    rival = RIVALS[name](TEXTS)
    assert rival.search("楼上漏水怎么办", 100)[0] == 0
    assert set(rival.search("Hello 车位", 10)) == {1, 2}
    assert rival.search("龘", 5) == ()
    assert rival.search("", 5) == ()
    assert len(rival.search("应当", 1)) == 1


def test_characters_are_letters_and_digits_in_lower_case():
    assert characters("Ａ水，沟 b2") == ["ａ", "水", "沟", "b", "2"]


@pytest.mark.parametrize(
    ("module", "make"),
    [
        ("bm25s", lambda: Bm25sRival(TEXTS, characters)),
        ("jieba", jieba_words),
        ("tantivy", lambda: TantivyRival(TEXTS, characters)),
    ],
)
def test_an_absent_library_is_named_with_what_to_install(module, make, monkeypatch):
    # None in sys.modules is how Python marks a module that cannot be imported.
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(RivalAbsent, match=rf"需要 {module}.*minqing-advisor\[eval\]"):
        make()
