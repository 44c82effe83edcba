"""Invention of people, places and firms for training, from lists of our own."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

from pydantic import BaseModel, ConfigDict, ValidationError

from advisor.redaction.lexicon import FOLDER, Characters
from corpus.knowledge import read_yaml
from eval.errors import DatasetInvalid

_PATH = Path(__file__).parent / "inventions.yaml"
_SETTLEMENTS = "村桥庄浜埭湾塘坝湖岭坪门渡堰坊弄巷港角汇"


class Parts(BaseModel):
    """``inventions.yaml``: characters, and words parted by spaces."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    common: str
    top_surnames: str
    top_given: str
    usual: str
    place_letters: str
    pairs: str
    place_ends: str
    firm_ends: str
    firm_kinds: str
    shops: str
    noun_ends: str
    called: str
    days: str
    before: str
    behind: str


class Inventor:
    """People, places and firms made up at random."""

    def __init__(
        self, rng: Random, letters: str, words: Sequence[str], brands: Sequence[str] = ()
    ) -> None:
        self._rng = rng
        try:
            parts = Parts.model_validate(read_yaml(_PATH))
            lists = Characters.model_validate(read_yaml(FOLDER / "names.yaml"))
        except ValidationError as error:
            raise DatasetInvalid(_PATH, str(error.errors()[0]["loc"])) from error
        self._parts = parts
        self._surnames = lists.likely * 3 + lists.fair * 2 + lists.ambiguous
        self._compound = lists.compound
        self._given = lists.given
        self._seldom = lists.maybe + lists.plain
        self._letters = letters
        self._pairs = tuple(parts.pairs.split())
        self._words = words or self._pairs
        self._brands = brands or self._words
        self._place_ends = tuple(parts.place_ends.split())
        self._firm_ends = tuple(parts.firm_ends.split())
        self._shops = tuple(parts.shops.split())
        self._noun_ends = tuple(parts.noun_ends.split())
        self._called = tuple(parts.called.split())
        self._days = tuple(parts.days.split())
        self._before = (*parts.before.split(), " ")
        self._behind = (*parts.behind.split(), " ")
        self._firm_kinds = (*parts.firm_kinds.split(), "")

    def surname(self) -> str:
        """A surname; half of them among the hundred most frequent."""
        draw = self._rng.random()
        if draw < 0.05:
            return self._rng.choice(self._compound)
        common = self._parts.top_surnames if draw < 0.3 else self._parts.common
        return self._rng.choice(common if draw < 0.65 else self._surnames)

    def person(self) -> str:
        """A name of two to four characters."""
        draw = self._rng.random()
        if draw < 0.21:
            return self.surname() + self._character()
        if draw < 0.30:
            return self.surname() + self._rng.choice(self._pairs)
        if draw < 0.42:
            return self.surname() + self._rng.choice(self._words)
        if draw < 0.44:
            return self.surname() + self._character() * 2
        if draw < 0.455:
            return (
                self._rng.choice(self._parts.common)
                + self._rng.choice(self._parts.common)
                + self._twice()
            )
        return self.surname() + self._twice()

    def place(self) -> str:
        """A village, an estate, a street."""
        draw, choose = self._rng.random(), self._rng.choice
        if draw < 0.2:
            return choose(self._parts.common) + "家" + choose(_SETTLEMENTS)
        if draw < 0.6:
            return self._word(self._parts.place_letters) + choose(self._place_ends)
        if draw < 0.8:
            letters = self._parts.place_letters if draw < 0.7 else self._given
            return self.surname() + choose(letters) + choose(self._place_ends)
        return self._word(self._given) + choose(self._place_ends)

    def firm(self) -> str:
        """A company, a shop, an office, a school."""
        draw, choose = self._rng.random(), self._rng.choice
        if draw < 0.3:
            return self._word(self._parts.place_letters) + choose(self._firm_ends)
        kind = choose(self._firm_kinds) if draw < 0.6 else ""
        if draw > 0.88:
            return self._owned()
        if draw > 0.78:
            return self._compounded()
        if draw > 0.7:
            return self._branded()
        head = self.surname() + self._character() if draw > 0.68 else self._word(self._given)
        return head + kind + choose(self._firm_ends)

    def _owned(self) -> str:
        """A shop called after its owner: 老张修车行, 王记包子铺, 李小红美容院."""
        choose, shop = self._rng.choice, self._rng.choice(self._shops)
        family = choose(self._parts.common)
        if self._rng.random() < 0.3:
            return family + self._twice() + shop
        return choose((f"老{family}", f"{family}记", f"{family}氏", f"{family}家")) + shop

    def _compounded(self) -> str:
        """A name, what the house sells or does, and what sort of house it is: 孙大妈水饺馆."""
        choose, draw = self._rng.choice, self._rng.random()
        if draw < 0.3:
            head = self.person()
        elif draw < 0.6:
            head = self.surname() + choose(self._called)
        elif draw < 0.7:
            head = choose("老小阿") + self.surname()
        else:
            head = self.surname() + self._character()
        trade = choose(self._words) if self._rng.random() < 0.7 else self._word(self._letters)
        return head + trade + choose(self._noun_ends)

    def _branded(self) -> str:
        """A brand that is words or reads like a name, and what sort of house it is: 平安人寿."""
        choose, draw = self._rng.choice, self._rng.random()
        head = choose(self._words)
        if draw < 0.2:
            head += choose(self._words)
        elif draw < 0.45:
            head = self.surname() + (self._twice() if draw < 0.3 else head)
        elif draw < 0.8:
            head = choose(self._brands)
        return head + choose(choose((self._shops, self._firm_ends, self._noun_ends)))

    def day(self) -> str:
        """When something was: 昨天, 正月十五."""
        return self._rng.choice(self._days)

    def before(self) -> str:
        """What may stand before a name."""
        return self._rng.choice(self._before)

    def behind(self) -> str:
        """What may stand behind a name."""
        return self._rng.choice(self._behind)

    def number(self) -> str:
        """A number of one to eleven digits."""
        return str(self._rng.randint(1, 10 ** self._rng.choice((1, 2, 3, 4, 4, 7, 11))))

    def _twice(self) -> str:
        return self._character() + self._character()

    def _word(self, letters: str) -> str:
        size = 3 if self._rng.random() < 0.2 else 2
        return "".join(self._rng.choice(letters) for _ in range(size))

    def _character(self) -> str:
        draw, choose = self._rng.random(), self._rng.choice
        if draw < 0.38:
            return choose(self._parts.top_given)
        if draw < 0.6:
            return choose(self._parts.usual)
        if draw < 0.89:
            return choose(self._given)
        if draw < 0.93:
            return choose(self._seldom)
        return chr(self._rng.randrange(0x4E00, 0x9FA5)) if draw < 0.95 else choose(self._letters)
