"""The files of a static model: a folder that model2vec reads too, without torch.

``model.safetensors`` holds ``embeddings``, one row of int8 per token, and ``weights``, the float32
by which a row is multiplied; ``tokenizer.json`` lists the tokens in the order of the rows, as a
word-level vocabulary over white space; ``config.json`` is what model2vec asks for; ``card.json``
says what the model saw and by which SHA-256 its files are known.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from indexer.errors import ModelDamaged
from indexer.tokenizer import Tokens, token_text, tokens_of

TENSORS = "model.safetensors"
TOKENIZER = "tokenizer.json"
CONFIG = "config.json"
CARD = "card.json"
UNKNOWN = "[UNK]"
"""The word of the vocabulary for every token that has no row; it stands after all others."""

_LENGTH_BYTES = 8
_ROUNDS = 127


class Card(BaseModel):
    """What a model saw; ``files`` are the SHA-256 of its files by name.

    ``material`` is the digest of every text and pair: the same recipe over the same material with
    the same versions gives the same files.
    """

    model_config = ConfigDict(frozen=True)

    seed: int
    recipe: Mapping[str, float | int | str]
    pairs: Mapping[str, int]
    texts: int
    tokens: int
    corpus: str
    questions: str | None
    as_of: date
    region: tuple[str, ...]
    versions: Mapping[str, str]
    material: str | None = None
    files: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, eq=False)
class StaticTable:
    """One vector per token: ``rows[i] * weights[i]`` is that of ``tokens[i]``.

    Shapes: tokens (n,) ascending; rows (n, dimension) int8; weights (n,) float32.
    """

    tokens: Tokens
    rows: NDArray[np.int8]
    weights: NDArray[np.float32]

    @classmethod
    def quantized(cls, tokens: Tokens, vectors: NDArray[np.float32]) -> "StaticTable":
        """The table of these vectors, each rounded to 255 steps of its own largest value."""
        peaks = np.abs(vectors).max(axis=1, initial=0)
        weights = (np.maximum(peaks, np.finfo(np.float32).tiny) / _ROUNDS).astype(np.float32)
        rows = np.rint(vectors / weights[:, np.newaxis]).astype(np.int8)
        return cls(tokens, rows, weights)


def write_model(folder: Path, table: StaticTable, card: Card) -> None:
    """Writes the folder of a model; the card gets the hashes of the files."""
    folder.mkdir(parents=True, exist_ok=True)
    none = np.zeros((1, table.rows.shape[1]), dtype=np.int8)
    tensors = {
        "embeddings": np.concatenate([table.rows, none]),
        "weights": np.concatenate([table.weights, np.ones(1, dtype=np.float32)]),
    }
    (folder / TENSORS).write_bytes(_safetensors(tensors))
    words = [*(token_text(int(token)) for token in table.tokens), UNKNOWN]
    (folder / TOKENIZER).write_text(_dump(_tokenizer(words)), encoding="utf-8")
    (folder / CONFIG).write_text(_dump(_CONFIG), encoding="utf-8")
    files = {name: _digest(folder / name) for name in (TENSORS, TOKENIZER, CONFIG)}
    told = card.model_copy(update={"files": files})
    (folder / CARD).write_text(told.model_dump_json(indent=1) + "\n", encoding="utf-8")


def read_card(folder: Path) -> Card:
    """What the model in this folder saw.

    Raises:
        ModelDamaged: there is no card, or it cannot be read.
    """
    try:
        return Card.model_validate_json((folder / CARD).read_bytes())
    except (OSError, ValidationError) as error:
        raise ModelDamaged(folder, f"{CARD} 缺失或无法读取") from error


def read_model(folder: Path) -> tuple[StaticTable, Card]:
    """The table of the model in this folder, its files found to be those that the card names.

    Raises:
        ModelDamaged: a file is missing or is not the one that the card names.
    """
    card = read_card(folder)
    for name in (TENSORS, TOKENIZER):
        try:
            found = _digest(folder / name)
        except OSError as error:
            raise ModelDamaged(folder, f"{name} 无法读取") from error
        if found != card.files.get(name):
            raise ModelDamaged(folder, f"{name} 校验不符")
    tensors = _read_safetensors((folder / TENSORS).read_bytes())
    vocabulary: dict[str, int] = json.loads((folder / TOKENIZER).read_bytes())["model"]["vocab"]
    words = sorted(vocabulary, key=vocabulary.__getitem__)
    tokens = tokens_of(words[:-1])
    rows = tensors["embeddings"][:-1].astype(np.int8, copy=False)
    return StaticTable(tokens, rows, tensors["weights"][:-1].astype(np.float32, copy=False)), card


_CONFIG = {"normalize": True, "max_length": None, "embedding_dtype": "int8"}


def _tokenizer(words: Sequence[str]) -> dict[str, object]:
    """A vocabulary over white space, as the ``tokenizers`` library stores it."""
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": None,
        "pre_tokenizer": {"type": "WhitespaceSplit"},
        "post_processor": None,
        "decoder": None,
        "model": {
            "type": "WordLevel",
            "vocab": {word: row for row, word in enumerate(words)},
            "unk_token": UNKNOWN,
        },
    }


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


_TYPES: Mapping[str, np.dtype[np.generic]] = {"I8": np.dtype("<i1"), "F32": np.dtype("<f4")}
_NAMES = {np.dtype(np.int8): "I8", np.dtype(np.float32): "F32"}


def _safetensors(tensors: Mapping[str, NDArray[np.int8] | NDArray[np.float32]]) -> bytes:
    """https://github.com/huggingface/safetensors: length, JSON header, then the numbers."""
    header: dict[str, object] = {}
    body: list[bytes] = []
    end = 0
    # The widest numbers first, so that each tensor begins at a multiple of its width.
    for name, values in sorted(tensors.items(), key=lambda item: -item[1].itemsize):
        raw = np.ascontiguousarray(values).tobytes()
        header[name] = {
            "dtype": _NAMES[values.dtype],
            "shape": list(values.shape),
            "data_offsets": [end, end + len(raw)],
        }
        body.append(raw)
        end += len(raw)
    told = _dump(header).encode()
    told += b" " * (-len(told) % _LENGTH_BYTES)
    return b"".join([len(told).to_bytes(_LENGTH_BYTES, "little"), told, *body])


class _Tensor(BaseModel):
    dtype: Literal["I8", "F32"]
    shape: tuple[int, ...]
    data_offsets: tuple[int, int]


_HEADER = TypeAdapter(dict[str, _Tensor])


def _read_safetensors(raw: bytes) -> dict[str, NDArray[np.generic]]:
    body = memoryview(raw)[_LENGTH_BYTES:]
    length = int.from_bytes(raw[:_LENGTH_BYTES], "little")
    tensors: dict[str, NDArray[np.generic]] = {}
    for name, told in _HEADER.validate_json(bytes(body[:length])).items():
        begin, end = told.data_offsets
        numbers = np.frombuffer(body[length + begin : length + end], dtype=_TYPES[told.dtype])
        tensors[name] = numbers.reshape(told.shape)
    return tensors
