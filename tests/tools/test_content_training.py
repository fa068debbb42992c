"""Writers are left out whole, and thresholds are chosen as the training says."""

from __future__ import annotations

import numpy as np
import pytest

from tools.content_training.corpus import load_answers
from tools.content_training.train import choose_threshold, folds_of


def test_every_writer_of_whole_answers_has_several() -> None:
    writers = [answer.writer for answer in load_answers() if not answer.writer.startswith("~")]
    assert min(writers.count(writer) for writer in set(writers)) >= 3


@pytest.mark.parametrize(
    ("truth", "wanted", "expected"),
    [
        ((True, True, True, False), 0.9, 0.46),  # the middle of those from above 0.31 to 0.61
        ((True, True, False, True), 0.9, 0.72),  # the last true one costs a false one
        ((True, True, False, True), 0.7, 0.28),  # which is cheap enough here
        ((False, True, True, True), 0.9, 0.26),  # no threshold is precise enough: that of the best F1
    ],
)
def test_a_threshold_hears_the_most_that_is_precise_enough(truth, wanted, expected):
    scores = np.array([0.85, 0.83, 0.61, 0.31])
    assert choose_threshold(scores, np.array(truth), wanted) == pytest.approx(expected, abs=0.021)


def test_a_writer_is_left_out_whole_and_every_writer_once() -> None:
    writers = {answer.writer for answer in load_answers()}
    folds = folds_of(load_answers())
    assert sorted(name for fold in folds for name in fold) == sorted(writers)
