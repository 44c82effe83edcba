"""Texts rewritten with invented people and places, and where the people stand.

A pronoun or a word such as 邻居 in a real sentence stands where a name could stand: what comes
before it and behind it is what comes before and behind names, in as many wordings as people use.
"""

import re
from collections.abc import Callable, Sequence, Set
from random import Random
from typing import NamedTuple

from advisor.redaction.lexicon import lexicon
from eval.redaction.training.dictionary import Word, opened_by
from eval.redaction.training.invention import Inventor
from eval.redaction.training.phrases import Phrases

_PRONOUN = re.compile(
    r"他(?!们|人|乡|日|项|山|方)|她(?!们)|对方(?!向)|此人|(?<![给为对向让跟和与找自])本人(?!民)"
    r"|我(?!们|国|市|县|省|区|校|院|局|镇|乡|村|司|家|方|处|单|社|这|就|想|的|是|叫|所|行|部|厂|办|街|委|馆|辖|中|支|大)"
)
_ROLE = re.compile(
    r"老板|房东|邻居|包工头|业主(?!委|群|们|代表|大会|公约|入)|村民(?!委|小组|代表|们|自|组|会)|书记(?!处)|村长|老师(?!傅|们)|司机(?!们)|"
    r"医生(?!们)|校长(?!办)|中介(?!公|机|费|服)|当事人|领导(?!班|们|干|小|下|人|说)|主任(?!医)|经理(?!人)|负责人|法人(?!单|资|治|代)|"
    r"父亲|母亲|儿子|女儿|老公|老婆|丈夫|妻子|爱人|哥哥|弟弟|姐姐|妹妹|爷爷|奶奶|工头|组长|队长|站长|所长|局长|镇长|保安(?!服|公|队|们|部)|"
    r"原告|被告(?!知)|申请人|行为人|承包人|出租人|承租人|债务人|债权人|网友|工作人员|当事人|孩子(?!们)|学生(?!们|会|家)|居民(?!委|们|身|楼|区|小)|"
    r"开发商|物业(?!管|公|费|服|办|用|中|经|维|企|项|、)|城管(?!局|队|执|部|大|中)|警察|民警|员工|职工(?!医|养|社)|群众(?!路|们)|车主|市民(?!中|之|卡|服)"
)
_AREA = re.compile(r"[A-Z]\d*(?:市|县|区)")
_THING = re.compile(r"(?<=[在到去的住是往])(?:小区|公司|学校|医院|村里|镇上)")
_EDGE = re.compile(
    r"(?<=[，。！？；：、\n,;])(?=[\u4e00-\u9fff])"
    r"|(?<=[\u4e00-\u9fff])(?=[，。！？；、\n,;])"
)
_GOVERNED = re.compile(r"(?<=[向给被把对和与找让叫跟替由请])(?=[\u4e00-\u9fff])")
_ANYWHERE = re.compile(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
_SLOT = re.compile(r"\{(\w)\}")
_CHANCE = (1.0, 1.0, 0.35, 0.5, 0.35, 0.5, 0.06)
_AFTER_CUE = ("", "", "", "", "", "：", ": ", "是", "叫", " ", "为")
_NO_PERSON = 0.2
"""Share of the places where a firm, a village, a day, an amount or a phrase is put, no person."""

_CARELESS = (
    (0.08, str.maketrans({"，": None, "：": None, "、": None})),
    (0.06, str.maketrans("，。：", "   ")),
    (0.06, str.maketrans("，。：；", ",.:;")),
    (0.04, str.maketrans({"，": "\n", "。": "\n"})),
)
_JOINS = ("、", "、", "和", "与", "，", "及", "跟", " ")


class Told(NamedTuple):
    """A text and the ranges of the people in it."""

    text: str
    people: tuple[tuple[int, int], ...]


class Rewriter:
    """Puts people and places into texts."""

    def __init__(
        self, rng: Random, firm: Set[str], letters: str, ordinary: Sequence[Word] = ()
    ) -> None:
        self._rng = rng
        self._firm = firm
        context = lexicon().context
        self._cues = tuple(sorted((*context.labels, *context.roles, *context.kin)))
        known = frozenset(letters)
        words = sorted(pair for pair in firm if known.issuperset(pair))
        opened = opened_by(ordinary, lexicon().openings)
        self._inventor = Inventor(rng, letters, words, [word.text for word in opened])
        self._phrases = Phrases(rng, ordinary)

    def frame(self, frame: str) -> Told:
        """A sentence with slots, filled."""
        filling: dict[str, Callable[[], str]] = {
            "p": self._inventor.place,
            "f": self._inventor.firm,
            "d": self._inventor.number,
            "t": self._inventor.day,
            "w": self._phrases.phrase,
            "m": self._phrases.amount,
        }
        pieces: list[str | tuple[str]] = []
        at = 0
        for slot in _SLOT.finditer(frame):
            pieces.append(frame[at : slot.start()])
            name = slot[1]
            pieces.append((self._inventor.person(),) if name == "n" else filling[name]())
            at = slot.end()
        return self._assembled([*pieces, frame[at:]])

    def text(self, text: str, share: float) -> Told:
        """A text in which so great a share of the words for people became names."""
        pieces: list[str | tuple[str]] = []
        at = 0
        every = sorted(
            (found.start(), found.end(), kind)
            for kind, pattern in enumerate(
                (_PRONOUN, _ROLE, _AREA, _THING, _EDGE, _GOVERNED, _ANYWHERE)
            )
            for found in pattern.finditer(text)
            if self._rng.random() < _CHANCE[kind] * (share if kind not in (2, 3) else 1)
            and not (kind == 6 and text[found.start() - 1 : found.start() + 1] in self._firm)
        )
        for start, end, kind in every:
            if start < at:
                continue
            pieces.append(text[at:start])
            pieces += self._instead(text[start:end], kind)
            at = end
        return self._assembled([*pieces, text[at:]])

    def _instead(self, word: str, kind: int) -> list[str | tuple[str]]:
        if kind == 2:
            return [self._inventor.place()[:-1] + word[-1]]
        if kind == 3:
            return [self._inventor.firm() if self._rng.random() < 0.6 else self._inventor.place()]
        if kind > 3 and self._rng.random() < _NO_PERSON:
            return [self._nobody()]
        return self._somebody(word, kind)

    def _nobody(self) -> str:
        inventor, phrases = self._inventor, self._phrases
        kinds = (inventor.firm, inventor.place, inventor.day, phrases.amount)
        return self._rng.choice((*kinds, phrases.phrase, phrases.phrase))()

    def _somebody(self, word: str, kind: int) -> list[str | tuple[str]]:
        pieces: list[str | tuple[str]] = []
        draw = self._rng.random()
        if kind == 1 and draw < 0.45:
            pieces.append(word)
        if draw > 0.95:
            pieces.append(self._inventor.before())
        if kind > 3 and draw < 0.4:
            pieces.append(self._rng.choice(self._cues))
            pieces.append(self._rng.choice(_AFTER_CUE))
        pieces.append((self._inventor.person(),))
        while self._rng.random() < 0.12:
            pieces += (self._rng.choice(_JOINS), (self._inventor.person(),))
        if self._rng.random() < 0.15:
            pieces.append(self._inventor.behind())
        return pieces

    def _assembled(self, pieces: list[str | tuple[str]]) -> Told:
        """The pieces in a row, now and then punctuated as careless people do."""
        careless = next((how for share, how in _CARELESS if self._rng.random() < share), None)
        text, people = "", []
        for piece in pieces:
            if isinstance(piece, tuple):
                people.append((len(text), len(text) + len(piece[0])))
                text += piece[0]
            else:
                text += piece.translate(careless) if careless else piece
        return Told(text, tuple(people))
