import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from speech.asr import models
from speech.asr.chunking import split_at_silence
from speech.asr.machine import choose_cpu
from speech.asr.whisper_model import WhisperRecogniser
from speech.audio.recording import from_file
from speech.errors import WeightsError
from speech.fillers.scorer import FRAME_SHIFTS, MEASURE_COUNT, WEIGHTS_FOLDER, FillerScorer, measure_stretch
from speech.live.whole import voiced
from speech.segment import Segment
from tools.scorer_training import fitting
from tools.scorer_training.augmentation import VARIANTS, apply_variant
from tools.scorer_training.clips import Clip
from tools.scorer_training.encodings import ChunkEncoding, ClipEncoding
from tools.scorer_training.evaluation import auc, evaluate_scorer
from tools.scorer_training.examples import find_lone_speech, find_stretches
from tools.scorer_training.fitting import fit_scorer, label_frames, split_speakers

SAMPLES = Path(__file__).parents[3] / "samples"
FITTED = [("base", 512), ("tiny.en", 384)]


def make_scorer(weight=1.0, bias=0.0):
    """Make a scorer that uses the first of two dimensions of the frame itself."""
    filters = np.zeros((len(FRAME_SHIFTS), 2), np.float32)
    filters[FRAME_SHIFTS.index(0), 0] = weight
    return FillerScorer(filters, bias, np.array([4, 0, 0, 0], np.float32), -2.0)


def test_a_frame_score_is_the_logistic_of_its_filter_output():
    hidden = np.array([[[0, 9], [1, 9], [-2, 9], [5, 5]]], np.float32)
    found = make_scorer(2.0, 0.5).score_frames(hidden, frames=7)  # the fourth frame is padding
    assert found == pytest.approx([1 / (1 + np.exp(-logit)) for logit in (0.5, 2.5, -3.5)], abs=1e-6)
    assert found.dtype == np.float32


def test_filters_use_neighbouring_frames_and_repeat_the_edges():
    filters = np.zeros((len(FRAME_SHIFTS), 1), np.float32)
    filters[FRAME_SHIFTS.index(4), 0] = 1.0
    hidden = np.arange(6, dtype=np.float32).reshape(1, 6, 1) / 5
    found = replace(make_scorer(), filters=filters).score_frames(hidden, frames=12)
    assert np.log(found / (1 - found)) == pytest.approx([0.8, 1, 1, 1, 1, 1], abs=1e-5)


def test_a_chunk_without_frames_has_no_scores():
    assert make_scorer().score_frames(np.zeros((1, 4, 2), np.float32), frames=0).shape == (0,)


def test_an_encoding_of_another_model_is_refused():
    with pytest.raises(ValueError, match="width 3"):
        make_scorer().score_frames(np.zeros((1, 4, 3), np.float32), frames=8)


def test_a_segment_is_measured_by_mean_maximum_share_and_length():
    scores = np.array([0, 0, 0.2, 0.6, 1.0, 0.8, 0, 0], np.float32)
    assert measure_stretch(scores, 0.04, 0.12) == pytest.approx([0.65, 1.0, 0.75, 0.08], abs=1e-6)


@pytest.mark.parametrize(("start", "end"), [(0.0, 0.001), (0.15, 9.0), (7.0, 8.0)])
def test_a_short_or_outlying_segment_is_measured_at_the_nearest_frame(start, end):
    scores = np.full(8, 0.25, np.float32)
    assert measure_stretch(scores, start, end)[:2] == pytest.approx([0.25, 0.25])


def test_certain_frames_make_a_filler_more_likely_than_doubtful_ones():
    scores = np.array([0.1] * 10 + [0.9] * 10, np.float32)
    doubtful, certain = (make_scorer().score_stretch(scores, start, start + 0.2) for start in (0.0, 0.2))
    assert doubtful == pytest.approx(1 / (1 + np.exp(1.6)), abs=1e-6)
    assert certain == pytest.approx(1 / (1 + np.exp(-1.6)), abs=1e-6)


def test_saved_weights_are_loaded_unchanged(tmp_path):
    make_scorer(3.0, -1.0).save(tmp_path / "some.npz")
    loaded = FillerScorer.load("some", tmp_path)
    assert loaded.filters.tolist() == make_scorer(3.0).filters.tolist()
    assert (loaded.bias, loaded.stretch_bias) == (-1.0, -2.0)


@pytest.mark.parametrize("name", ["large-v3", "../base", "some/folder", ""])
def test_a_model_without_weights_has_no_scorer(name):
    assert FillerScorer.load(name) is None


def test_damaged_weights_are_explained_in_a_sentence(tmp_path):
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
def test_the_weights_of_the_project_load_and_are_small(model, width):
    assert FillerScorer.load(model).filters.shape == (len(FRAME_SHIFTS), width)
    assert FillerScorer.load(model).stretch_weights.shape == (MEASURE_COUNT,)
    assert sum(path.stat().st_size for path in WEIGHTS_FOLDER.iterdir()) < 1_000_000


@pytest.mark.model
@pytest.mark.parametrize("model", [model for model, _ in FITTED])
def test_fillers_of_unknown_voices_score_above_their_words(model):
    scorer = FillerScorer.load(model)
    recogniser = WhisperRecogniser(models.find_weights(model), model, [choose_cpu(1)])
    recording = from_file(SAMPLES / "many_um_her.flac")
    words = json.loads((SAMPLES / "many_um_her.json").read_text(encoding="utf-8"))["words"]
    given = {True: [], False: []}
    for piece in split_at_silence(recording, voiced(recording)):
        window = recogniser.encode(recording.cut(piece))
        scores = scorer.score_frames(window.encoded, window.frames)
        assert scores.shape == (window.frames // 2,)
        for word in words:
            if piece.start <= word["start"] and word["end"] <= piece.end:
                found = scorer.score_stretch(scores, word["start"] - piece.start, word["end"] - piece.start)
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


def make_clip(speaker="one", width=4, seed=0):
    """Make a clip of 8 s with a lone filler at 2-2.5 s and a lone word at 5-5.4 s, whose encodings differ."""
    random = np.random.default_rng(seed)
    hidden = random.standard_normal((400, width)).astype(np.float32)
    hidden[100:125, 0] += 6
    sound = from_file(SAMPLES / "hesitant_start.flac")
    recording = replace(sound, samples=sound.samples[: 8 * 16_000])
    clip = Clip(speaker, speaker, recording, (Segment(2.0, 2.5),), (("so", Segment(5.0, 5.4)),), (Segment(6.8, 7.0),))
    return ClipEncoding(clip, (Segment(2.0, 2.5), Segment(5.0, 5.4), Segment(6.9, 7.2)), (ChunkEncoding(0.0, hidden),))


def test_only_the_voiced_inside_of_a_filler_is_labelled_as_filler():
    known = label_frames(make_clip(), make_clip().pieces[0])
    assert np.flatnonzero(known.filler).tolist() == list(range(102, 123))
    assert not known.weight[95:102].any()
    assert not known.weight[123:130].any()
    assert not known.weight[340:350].any()
    assert known.weight[255] == 1.0
    assert 0 < known.weight[0] < 1


def test_stretches_are_fillers_words_and_lone_speech_with_certain_truth():
    assert [(one.text, one.is_filler, one.is_lone) for one in find_stretches(make_clip())] == [
        ("filler", True, False),
        ("so", False, False),
        ("filler", True, True),
        ("so", False, True),
    ]


def test_lone_speech_is_short_with_silence_on_both_sides():
    voice = (
        Segment(0, 0.5),
        Segment(0.7, 1.0),
        Segment(1.1, 1.4),
        Segment(2.0, 4.0),
        Segment(5.0, 5.05),
        Segment(6.0, 6.9),
    )
    assert find_lone_speech(voice) == (Segment(0, 0.5), Segment(6.0, 6.9))


def test_every_speaker_is_in_one_fold():
    encodings = [make_clip(name) for name in ("a", "b", "a", "c", "d")]
    dealt = split_speakers(encodings)
    assert sorted(speaker for fold in dealt for speaker in fold) == ["a", "b", "c", "d"]


def test_a_fitted_scorer_recognises_fillers_of_an_unknown_speaker(monkeypatch):
    monkeypatch.setattr("tools.scorer_training.fitting.COMPONENT_COUNT", 3)
    monkeypatch.setattr("tools.scorer_training.fitting.PENALTY", 1.0)
    scorer = fit_scorer([make_clip(name, seed=seed) for seed, name in enumerate("abcdef")])
    found = evaluate_scorer(scorer, [make_clip("unknown", seed=99)])
    assert auc(found.scores, found.truth) > 0.99
    assert [one.probability > 0.5 for one in found.judged] == [True, False, True, False]


def test_auc_counts_ties_half():
    assert auc(np.array([0.9, 0.5, 0.5, 0.1]), np.array([True, True, False, False])) == pytest.approx(0.875)


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
def test_a_variant_keeps_the_truth_aligned_with_the_sound(variant):
    clip = make_clip().clip
    found = apply_variant(clip, variant)
    assert found.recording.duration == pytest.approx(8.0 / variant.speed, abs=0.01)
    assert found.fillers[0].duration == pytest.approx(0.5 / variant.speed)
    assert found.unsure[0].start == pytest.approx(6.8 / variant.speed)
    assert apply_variant(clip, variant).recording.digest == found.recording.digest
