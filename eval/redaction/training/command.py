"""``advisor-eval redaction-train``: make the name model anew from invented people."""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from random import Random

import click

from advisor.redaction.alphabet import Alphabet, alphabet
from advisor.redaction.lexicon import FOLDER, lexicon
from advisor.redaction.name_model import save
from advisor.redaction.script import simplified
from corpus.knowledge import read_yaml
from eval.errors import DatasetInvalid
from eval.redaction.training.background import joined, messages, questions, statutes
from eval.redaction.training.dictionary import Word, ordinary_words, pairs
from eval.redaction.training.fit import Fit, firmness, frequent, lessons, screened
from eval.redaction.training.rewriting import Rewriter, Told

_FRAMES = Path(__file__).parent / "frames.yaml"
_FRAMED = 6_000
_SHARES = (0.0, 0.3, 0.6, 0.6)
_RATE, _LAST_RATE = 2e-3, 1e-4
_TOGETHER = 0.7
_LEAST_SEEN = 4


@click.command("redaction-train", help="重新训练姓名模型：虚构的姓名放进普通文字里，学会分辨。")
@click.option("--shared", type=click.Path(path_type=Path, exists=True, file_okay=False),
              required=True, help="共享数据目录：留言、提问、法规，只作背景文字。")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), default=FOLDER / "names.npz")
@click.option("--rounds", type=click.IntRange(1, 200), default=28, help="训练轮数。")
@click.option("--seed", type=int, default=1, help="随机种子。")
def redaction_train(shared: Path, out: Path, rounds: int, seed: int) -> None:
    """Read the background, invent people into it, fit, write the weights."""
    told = [simplified(text) for text in _told(shared)]
    ordinary = [*told, *map(simplified, statutes(shared / "laws"))]
    characters, letters = _letters(told)
    words = ordinary_words()
    fit = Fit(letters, firmness(ordinary, letters, lexicon().words, pairs(words)), seed)
    school = _School(told, _rewriter(ordinary, characters, words, Random(seed)), Random(seed + 1))
    for at in range(rounds):
        rate = _RATE * (1 - at / rounds) + _LAST_RATE
        loss = fit.learn(lessons(school.texts(), letters), rate)
        click.echo(f"第 {at + 1} 轮，损失 {loss:.4f}", err=True)
    save(out, characters, screened(lessons(school.texts(), letters), fit.weights()))


def _told(shared: Path) -> tuple[str, ...]:
    books = ("backlog", "labelled_messages", "resolved_messages")
    return joined(
        (
            *(messages(shared / "messages" / f"{book}.xlsx") for book in books),
            questions(shared / "consultations" / "train.jsonl"),
        )
    )


def _letters(told: Sequence[str]) -> tuple[str, Alphabet]:
    lists = read_yaml(FOLDER / "names.yaml")
    if not isinstance(lists, dict):
        raise DatasetInvalid(FOLDER / "names.yaml", "应为字表")
    always = "".join(str(lists[name]) for name in ("given", "maybe", "plain", "never"))
    words = lexicon()
    characters = frequent(told, _LEAST_SEEN, words.openings + always)
    return characters, alphabet(characters, words.openings, words.never)


def _firm_pairs(texts: Sequence[str]) -> frozenset[str]:
    """Pairs that hold together: no name is put between them."""
    single, pairs = Counter[str](), Counter[str]()
    for text in texts:
        single.update(text)
        pairs.update(a + b for a, b in pairwise(text))
    size = single.total()
    firm = {
        pair
        for pair, count in pairs.items()
        if count >= _LEAST_SEEN - 1
        and math.log(count * size / single[pair[0]] / single[pair[1]]) > _TOGETHER
    }
    return frozenset(firm | lexicon().words)


def _rewriter(
    texts: Sequence[str], characters: str, words: Sequence[Word], rng: Random
) -> Rewriter:
    never = lexicon().never
    letters = "".join(c for c in characters if "\u4e00" <= c <= "\u9fff" and c not in never)
    return Rewriter(rng, _firm_pairs(texts), letters, words)


class _School:
    """New texts for every round."""

    def __init__(self, told: Sequence[str], rewriter: Rewriter, rng: Random) -> None:
        self._told = told
        self._rng = rng
        self._rewriter = rewriter
        frames = read_yaml(_FRAMES)
        if not isinstance(frames, list):
            raise DatasetInvalid(_FRAMES, "应为句子的列表")
        self._frames = tuple(map(str, frames))

    def texts(self) -> list[Told]:
        """Every background text, some of its people named, and framed sentences."""
        rng, rewriter = self._rng, self._rewriter
        texts = [rewriter.text(text, rng.choice(_SHARES)) for text in self._told]
        return texts + [rewriter.frame(rng.choice(self._frames)) for _ in range(_FRAMED)]
