"""How decoder and acoustic evidence are combined for filled pauses."""

import numpy as np
import pytest

from speech.fillers.candidates import FillerCandidate
from speech.fillers.fusion import MAX_FILLER_SHIFT_SECONDS, combine_log_odds, score_fillers
from speech.fillers.scorer import FRAME_SHIFTS, MEASURE_COUNT, FillerScorer
from speech.segment import Segment
from speech.transcript import Word, WordKind

PIECE = Segment(0, 10)
VOICE = (Segment(0, 5),)
# Of a stretch, the logistic of 6 times its mean score less 3: 0.95 where all is clear, 0.05 where nothing is.
SCORER = FillerScorer(
    np.zeros((len(FRAME_SHIFTS), 1), np.float32), 0.0, np.eye(MEASURE_COUNT, dtype=np.float32)[0] * 6, -3.0
)


def make_scores(*clear):
    heard = np.zeros(500, np.float32)
    for start, end in clear:
        heard[round(start / 0.02) : round(end / 0.02)] = 1.0
    return heard


def make_filler(start, end, probability=0.8):
    return Word("um,", start, end, probability, WordKind.FILLED_PAUSE)


def score_chunk(words, sounds=(), clear=(), voice=VOICE):
    found = score_fillers(words, voice, sounds, SCORER, make_scores(*clear), PIECE)
    return [word for word in found if word.kind is WordKind.FILLED_PAUSE]


def test_equal_evidence_adds_up_and_even_odds_change_nothing():
    assert combine_log_odds(0.5, 0.5) == pytest.approx(0.5)
    assert combine_log_odds(0.8, 0.8) == pytest.approx(16 / 17)  # odds of 4 times odds of 4
    assert combine_log_odds(0.8, 0.2) == pytest.approx(0.5)
    assert combine_log_odds(0.5, 0.8, weight=0.5) == pytest.approx(2 / 3)  # the root of odds of 4


def test_acoustic_evidence_raises_or_lowers_a_written_filler():
    (sure,) = score_chunk([make_filler(1, 1.4)], clear=[(1, 1.4)])
    (unsure,) = score_chunk([make_filler(1, 1.4)])
    assert sure.probability > 0.95
    assert unsure.probability < 0.2


def test_a_written_filler_is_cut_to_its_sound():
    (found,) = score_chunk([make_filler(1, 3)], [FillerCandidate(Segment(1.1, 1.5), True)], [(1.1, 1.5)])
    assert (found.start, found.end) == (1.1, 1.5)


def test_a_written_filler_is_moved_to_the_nearest_filler_like_sound():
    sound = FillerCandidate(Segment(2, 2.4), False)
    (found,) = score_chunk([make_filler(2.6, 2.7)], [sound], [(2, 2.4)])
    assert (found.start, found.end) == (2, 2.4)
    far = make_filler(2.4 + MAX_FILLER_SHIFT_SECONDS + 0.1, 3.1)
    assert far.start in [word.start for word in score_chunk([far], [sound], [(2, 2.4)])]


def test_one_sound_is_matched_to_one_filler_only():
    written = [make_filler(1.0, 1.3), make_filler(1.6, 1.7)]
    assert [word.start for word in score_chunk(written, [FillerCandidate(Segment(1.0, 1.3), True)], [(1.0, 1.3)])] == [
        1.0,
        1.6,
    ]


def test_one_written_filler_over_three_sounds_becomes_three_fillers():
    sounds = [FillerCandidate(Segment(start, start + 0.4), True) for start in (1.0, 1.5, 2.0)]
    found = score_chunk([make_filler(1.0, 2.4)], sounds, [(1.0, 2.4)])
    assert [word.start for word in found] == pytest.approx([1.0, 1.5, 2.0])
    assert all(word.probability > 0.5 for word in found)


def test_a_lone_hum_counts_but_not_the_same_sound_inside_a_word():
    hum = FillerCandidate(Segment(7, 7.5), True)
    (found,) = score_chunk([], [hum], [(7, 7.5)])
    assert found.probability > 0.5
    said = Word("the", 7, 7.5, 0.9)
    assert all(word.probability < 0.5 for word in score_chunk([said], [hum], [(7, 7.5)], (*VOICE, Segment(7, 7.5))))


def test_a_lone_sound_beside_a_word_written_over_silence_is_that_word():
    alone = FillerCandidate(Segment(6, 6.4), True)
    voice = (*VOICE, alone.span)
    assert score_chunk([Word("Oh.", 6.6, 6.8, 0.9)], [alone], [(6, 6.4)], voice) == []
    (uh,) = score_chunk([Word("Oh.", 8.6, 8.8, 0.9)], [alone], [(6, 6.4)], voice)
    assert uh.probability > 0.5


def test_without_speech_segments_no_candidate_stands_alone():
    assert score_chunk([], [FillerCandidate(Segment(7, 7.5), True)], [(7, 7.5)], voice=()) == []


def test_a_sound_after_silence_is_counted_but_within_speech_only_possible():
    sound, clear = FillerCandidate(Segment(3.05, 3.4), False), [(3.05, 3.4)]
    (opening,) = score_chunk([], [sound], clear, voice=(Segment(0, 2), Segment(3, 5)))
    (within,) = score_chunk([], [sound], clear)
    assert opening.probability > 0.5 > within.probability


def test_acoustic_evidence_counts_in_full_only_with_decoder_evidence():
    (hinted,) = score_chunk([make_filler(1, 1.4, 0.26)], clear=[(1, 1.4)])
    assert hinted.probability == pytest.approx(combine_log_odds(0.26, 0.9526, 0.5), abs=0.01)
    (written,) = score_chunk([make_filler(1, 1.4, 0.4)], clear=[(1, 1.4)])
    assert written.probability == pytest.approx(combine_log_odds(0.4, 0.9526), abs=0.01)
