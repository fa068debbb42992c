"""The weights that are shipped are those that the training gives, of the answers that are stored."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.structure.model.regression import ContentModel, load_content_model
from tools.content_training.corpus import load_answers, load_pointed_answers
from tools.content_training.point import train_point
from tools.content_training.train import KEYS, train

MAX_DIFFERENCE = 0.02  # of a weight of up to 8: shipped weights have half precision, and solvers end a little apart


def differ(fitted: ContentModel, features: list[str], shipped: ContentModel) -> float:
    """Return the largest difference of two models that weigh the same features."""
    assert list(shipped.places) == features
    return float(
        max(
            np.abs(fitted.weights - shipped.weights).max(),
            np.abs(fitted.bias - shipped.bias).max(),
            np.abs(fitted.heard - shipped.heard).max(),
        )
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", KEYS)
def test_training_gives_the_shipped_weights_and_thresholds(name: str) -> None:
    assert differ(*train(name), load_content_model(name)) < MAX_DIFFERENCE


@pytest.mark.slow
def test_training_gives_the_shipped_weights_of_the_point() -> None:
    assert differ(*train_point(load_pointed_answers()), load_content_model("point")) < MAX_DIFFERENCE


def test_every_writer_of_whole_answers_has_several_and_no_line_is_there_twice() -> None:
    answers = load_answers()
    texts = [(answer.listen, " ".join(word.text for word in answer.words)) for answer in answers]
    assert len(texts) == len(set(texts))
    writers = [answer.writer for answer in answers if not answer.writer.startswith("~")]
    assert min(writers.count(writer) for writer in set(writers)) >= 3
