import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from speech.asr import models
from speech.asr.chunking import pieces
from speech.asr.whisper_model import Recogniser
from speech.audio.recording import from_file
from speech.errors import WeightsError
from speech.fillers.scorer import MEASURES, SHIFTS, WEIGHTS_FOLDER, FillerScorer, stretch_measures
from speech.live.whole import voiced
from speech.segment import Span
from tools.scorer_training import fitting
from tools.scorer_training.augmentation import VARIANTS, varied
from tools.scorer_training.clips import Clip
from tools.scorer_training.encodings import Encoding, Piece
from tools.scorer_training.evaluation import auc, outcome
from tools.scorer_training.examples import lone_voice, stretches
from tools.scorer_training.fitting import fitted, folds, labelled

SAMPLES = Path(__file__).parents[3] / "samples"
FITTED = [("base", 512), ("tiny.en", 384)]


def only_now(weight=1.0, bias=0.0):
    """A scorer that hears the first of two dimensions of the very frame."""
    filters = np.zeros((len(SHIFTS), 2), np.float32)
    filters[SHIFTS.index(0), 0] = weight
    return FillerScorer(filters, bias, np.array([4, 0, 0, 0], np.float32), -2.0)


def test_a_frame_scores_by_the_logistic_of_what_its_filter_hears():
    hidden = np.array([[[0, 9], [1, 9], [-2, 9], [5, 5]]], np.float32)
    found = only_now(2.0, 0.5).scores(hidden, frames=7)  # the fourth frame is padding
    assert found == pytest.approx([1 / (1 + np.exp(-logit)) for logit in (0.5, 2.5, -3.5)], abs=1e-6)
    assert found.dtype == np.float32


def test_a_filter_hears_the_frames_around_and_repeats_the_outermost_beyond_the_edges():
    filters = np.zeros((len(SHIFTS), 1), np.float32)
    filters[SHIFTS.index(4), 0] = 1.0
    hidden = np.arange(6, dtype=np.float32).reshape(1, 6, 1) / 5
    found = replace(only_now(), filters=filters).scores(hidden, frames=12)
    assert np.log(found / (1 - found)) == pytest.approx([0.8, 1, 1, 1, 1, 1], abs=1e-5)


def test_a_window_without_frames_has_no_scores():
    assert only_now().scores(np.zeros((1, 4, 2), np.float32), frames=0).shape == (0,)


def test_an_encoding_of_another_model_is_refused():
    with pytest.raises(ValueError, match="width 3"):
        only_now().scores(np.zeros((1, 4, 3), np.float32), frames=8)


def test_a_stretch_is_measured_by_mean_highest_share_and_length():
    scores = np.array([0, 0, 0.2, 0.6, 1.0, 0.8, 0, 0], np.float32)
    assert stretch_measures(scores, 0.04, 0.12) == pytest.approx([0.65, 1.0, 0.75, 0.08], abs=1e-6)


@pytest.mark.parametrize(("start", "end"), [(0.0, 0.001), (0.15, 9.0), (7.0, 8.0)])
def test_a_stretch_shorter_than_a_frame_or_beyond_the_window_is_judged_by_the_nearest_frame(start, end):
    scores = np.full(8, 0.25, np.float32)
    assert stretch_measures(scores, start, end)[:2] == pytest.approx([0.25, 0.25])


def test_a_stretch_of_certain_frames_is_more_likely_a_filler_than_one_of_doubtful_frames():
    scores = np.array([0.1] * 10 + [0.9] * 10, np.float32)
    doubtful, certain = (only_now().stretch_probability(scores, start, start + 0.2) for start in (0.0, 0.2))
    assert doubtful == pytest.approx(1 / (1 + np.exp(1.6)), abs=1e-6)
    assert certain == pytest.approx(1 / (1 + np.exp(-1.6)), abs=1e-6)


def test_what_is_saved_is_loaded(tmp_path):
    only_now(3.0, -1.0).save(tmp_path / "some.npz")
    loaded = FillerScorer.load("some", tmp_path)
    assert loaded.filters.tolist() == only_now(3.0).filters.tolist()
    assert (loaded.bias, loaded.stretch_bias) == (-1.0, -2.0)


@pytest.mark.parametrize("name", ["large-v3", "../base", "some/folder", ""])
def test_a_model_without_weights_has_no_scorer(name):
    assert FillerScorer.load(name) is None


def test_damaged_weights_are_a_sentence_to_the_user(tmp_path):
    whole = (WEIGHTS_FOLDER / "base.npz").read_bytes()
    (tmp_path / "cut.npz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "text.npz").write_text("not weights")
    (tmp_path / "empty.npz").write_bytes(b"")
    np.savez(tmp_path / "other.npz", filters=np.zeros((5, 2)))
    np.savez(tmp_path / "shape.npz", filters=np.zeros((4, 2)), bias=0, stretch_weights=np.zeros(4), stretch_bias=0)
    np.savez(tmp_path / "nan.npz", filters=np.zeros((5, 2)), bias=np.nan, stretch_weights=np.zeros(4), stretch_bias=0)
    for name in ("cut", "text", "empty", "other", "shape", "nan"):
        with pytest.raises(WeightsError, match="damaged"):
            FillerScorer.load(name, tmp_path)


@pytest.mark.parametrize(("model", "width"), FITTED)
def test_the_weights_in_the_project_load_and_are_small(model, width):
    assert FillerScorer.load(model).filters.shape == (len(SHIFTS), width)
    assert FillerScorer.load(model).stretch_weights.shape == (MEASURES,)
    assert sum(path.stat().st_size for path in WEIGHTS_FOLDER.iterdir()) < 1_000_000


@pytest.mark.model
@pytest.mark.parametrize("model", [model for model, _ in FITTED])
def test_fillers_of_voices_it_never_heard_score_above_their_words(model):
    scorer = FillerScorer.load(model)
    recogniser = Recogniser(models.find(model), model, parallel=1)
    recording = from_file(SAMPLES / "many_um_her.flac")
    words = json.loads((SAMPLES / "many_um_her.json").read_text(encoding="utf-8"))["words"]
    given = {True: [], False: []}
    for piece in pieces(recording, voiced(recording)):
        window = recogniser.encode(recording.cut(piece))
        scores = scorer.scores(window.encoded, window.frames)
        assert scores.shape == (window.frames // 2,)
        for word in words:
            if piece.start <= word["start"] and word["end"] <= piece.end:
                found = scorer.stretch_probability(scores, word["start"] - piece.start, word["end"] - piece.start)
                given[word["kind"] == "filler_sound"].append(found)
    assert (len(given[True]), len(given[False])) == (12, 85)
    assert auc(np.array(given[True] + given[False]), np.arange(97) < 12) > 0.95


# How the weights are fitted


def test_the_logistic_fit_finds_the_coefficients_that_made_the_data():
    random = np.random.default_rng(0)
    features = random.standard_normal((20_000, 2)).astype(np.float32)
    truth = random.random(20_000) < 1 / (1 + np.exp(-(features @ [1.5, -0.5] - 1)))
    assert fitting.fit_logistic(features, truth, np.ones(20_000), 1e-3) == pytest.approx([1.5, -0.5, -1], abs=0.06)


@pytest.mark.parametrize("penalty", [1.0, 100.0])
def test_at_the_fit_the_weighted_loss_falls_no_further_and_the_intercept_is_free_of_penalty(penalty):
    random = np.random.default_rng(1)
    features = random.standard_normal((500, 3)).astype(np.float32)
    truth, weights = random.random(500) < 0.3, random.random(500)
    found = fitting.fit_logistic(features, truth, weights, penalty)
    residual = weights * (1 / (1 + np.exp(-(features @ found[:-1] + found[-1]))) - truth)
    assert features.T @ residual + penalty * found[:-1] == pytest.approx(np.zeros(3), abs=1e-3)
    assert residual.sum() == pytest.approx(0, abs=1e-3)


def test_balanced_weights_give_the_wanted_share():
    truth = np.array([True, False, False, False])
    weighted = fitting.balance(truth, np.array([1.0, 1.0, 2.0, 0.0]), 0.25)
    assert weighted == pytest.approx([1.0, 1.0, 2.0, 0.0])
    with pytest.raises(ValueError, match="both kinds"):
        fitting.balance(np.ones(3, bool), np.ones(3), 0.5)


def spoken(speaker="one", width=4, seed=0):
    """A clip of 8 s with a filler alone at 2-2.5 s and a word alone at 5-5.4 s, whose encodings differ."""
    random = np.random.default_rng(seed)
    hidden = random.standard_normal((400, width)).astype(np.float32)
    hidden[100:125, 0] += 6
    sound = from_file(SAMPLES / "hesitant_start.flac")
    recording = replace(sound, samples=sound.samples[: 8 * 16_000])
    clip = Clip(speaker, speaker, recording, (Span(2.0, 2.5),), (("so", Span(5.0, 5.4)),), (Span(6.8, 7.0),))
    return Encoding(clip, (Span(2.0, 2.5), Span(5.0, 5.4), Span(6.9, 7.2)), (Piece(0.0, hidden),))


def test_only_the_voiced_inside_of_a_filler_is_learned_as_one():
    known = labelled(spoken(), spoken().pieces[0])
    assert np.flatnonzero(known.filler).tolist() == list(range(102, 123))
    assert not known.weight[95:102].any()
    assert not known.weight[123:130].any()
    assert not known.weight[340:350].any()
    assert known.weight[255] == 1.0
    assert 0 < known.weight[0] < 1


def test_stretches_are_the_fillers_the_words_and_the_lone_voices_whose_truth_is_sure():
    assert [(one.text, one.is_filler, one.is_lone) for one in stretches(spoken())] == [
        ("filler", True, False),
        ("so", False, False),
        ("filler", True, True),
        ("so", False, True),
    ]


def test_a_voice_is_lone_when_it_is_short_and_silence_lies_on_both_sides():
    voice = (Span(0, 0.5), Span(0.7, 1.0), Span(1.1, 1.4), Span(2.0, 4.0), Span(5.0, 5.05), Span(6.0, 6.9))
    assert lone_voice(voice) == (Span(0, 0.5), Span(6.0, 6.9))


def test_every_speaker_is_in_one_fold():
    encodings = [spoken(name) for name in ("a", "b", "a", "c", "d")]
    dealt = folds(encodings)
    assert sorted(speaker for fold in dealt for speaker in fold) == ["a", "b", "c", "d"]


def test_a_fitted_scorer_tells_fillers_of_a_speaker_it_does_not_know(monkeypatch):
    monkeypatch.setattr("tools.scorer_training.fitting.COMPONENTS", 3)
    monkeypatch.setattr("tools.scorer_training.fitting.PENALTY", 1.0)
    scorer = fitted([spoken(name, seed=seed) for seed, name in enumerate("abcdef")])
    found = outcome(scorer, [spoken("unknown", seed=99)])
    assert auc(found.scores, found.truth) > 0.99
    assert [one.probability > 0.5 for one in found.judged] == [True, False, True, False]


def test_auc_counts_ties_half():
    assert auc(np.array([0.9, 0.5, 0.5, 0.1]), np.array([True, True, False, False])) == pytest.approx(0.875)


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
def test_a_variant_keeps_the_truth_where_the_sound_is(variant):
    clip = spoken().clip
    found = varied(clip, variant)
    assert found.recording.duration == pytest.approx(8.0 / variant.speed, abs=0.01)
    assert found.fillers[0].duration == pytest.approx(0.5 / variant.speed)
    assert found.unsure[0].start == pytest.approx(6.8 / variant.speed)
    assert varied(clip, variant).recording.digest == found.recording.digest
