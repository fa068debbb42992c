"""What becomes of filler sounds when the decoder's belief and the sound are put together."""

import numpy as np
import pytest

from speech.fillers.candidates import Island
from speech.fillers.fusion import WITHIN_REACH, combined, weighed
from speech.fillers.scorer import MEASURES, SHIFTS, FillerScorer
from speech.segment import Span
from speech.transcript import Word, WordKind

PIECE = Span(0, 10)
VOICE = (Span(0, 5),)
# Of a stretch, the logistic of 6 times its mean score less 3: 0.95 where all is clear, 0.05 where nothing is.
SCORER = FillerScorer(np.zeros((len(SHIFTS), 1), np.float32), 0.0, np.eye(MEASURES, dtype=np.float32)[0] * 6, -3.0)


def scores(*clear):
    heard = np.zeros(500, np.float32)
    for start, end in clear:
        heard[round(start / 0.02) : round(end / 0.02)] = 1.0
    return heard


def filler(start, end, probability=0.8):
    return Word("um,", start, end, probability, WordKind.FILLER_SOUND)


def fillers(words, sounds=(), clear=(), voice=VOICE):
    found = weighed(words, voice, sounds, SCORER, scores(*clear), PIECE)
    return [word for word in found if word.kind is WordKind.FILLER_SOUND]


def test_two_judges_in_doubt_leave_doubt_and_agreeing_ones_are_surer_than_either():
    assert combined(0.5, 0.5) == pytest.approx(0.5)
    assert combined(0.8, 0.8) == pytest.approx(16 / 17)  # odds of 4 times odds of 4
    assert combined(0.8, 0.2) == pytest.approx(0.5)
    assert combined(0.5, 0.8, weight=0.5) == pytest.approx(2 / 3)  # the root of odds of 4


def test_a_written_filler_that_sounds_like_one_grows_surer_and_one_that_does_not_less():
    (sure,) = fillers([filler(1, 1.4)], clear=[(1, 1.4)])
    (unsure,) = fillers([filler(1, 1.4)])
    assert sure.probability > 0.95
    assert unsure.probability < 0.2


def test_a_written_filler_that_runs_on_is_cut_to_its_sound():
    (found,) = fillers([filler(1, 3)], [Island(Span(1.1, 1.5), True)], [(1.1, 1.5)])
    assert (found.start, found.end) == (1.1, 1.5)


def test_a_filler_written_beside_a_filler_like_sound_is_moved_onto_it():
    sound = Island(Span(2, 2.4), False)
    (found,) = fillers([filler(2.6, 2.7)], [sound], [(2, 2.4)])
    assert (found.start, found.end) == (2, 2.4)
    far = filler(2.4 + WITHIN_REACH + 0.1, 3.1)
    assert far.start in [word.start for word in fillers([far], [sound], [(2, 2.4)])]


def test_one_sound_takes_one_filler_only():
    written = [filler(1.0, 1.3), filler(1.6, 1.7)]
    assert [word.start for word in fillers(written, [Island(Span(1.0, 1.3), True)], [(1.0, 1.3)])] == [1.0, 1.6]


def test_each_of_three_sounds_in_a_row_is_a_filler_where_the_decoder_wrote_one_over_all():
    sounds = [Island(Span(start, start + 0.4), True) for start in (1.0, 1.5, 2.0)]
    found = fillers([filler(1.0, 2.4)], sounds, [(1.0, 2.4)])
    assert [word.start for word in found] == pytest.approx([1.0, 1.5, 2.0])
    assert all(word.probability > 0.5 for word in found)


def test_a_hum_that_stands_alone_counts_and_the_same_sound_inside_a_word_does_not():
    hum = Island(Span(7, 7.5), True)
    (found,) = fillers([], [hum], [(7, 7.5)])
    assert found.probability > 0.5
    said = Word("the", 7, 7.5, 0.9)
    assert all(word.probability < 0.5 for word in fillers([said], [hum], [(7, 7.5)], (*VOICE, Span(7, 7.5))))


def test_a_lone_sound_beside_a_word_written_over_silence_is_that_word():
    alone = Island(Span(6, 6.4), True)
    voice = (*VOICE, alone.span)
    assert fillers([Word("Oh.", 6.6, 6.8, 0.9)], [alone], [(6, 6.4)], voice) == []
    (uh,) = fillers([Word("Oh.", 8.6, 8.8, 0.9)], [alone], [(6, 6.4)], voice)
    assert uh.probability > 0.5


def test_where_the_decoder_was_guessing_no_voice_is_given_and_nothing_stands_alone():
    assert fillers([], [Island(Span(7, 7.5), True)], [(7, 7.5)], voice=()) == []


def test_a_sound_that_opens_a_voice_after_silence_is_counted_and_the_same_within_a_voice_is_only_possible():
    sound, clear = Island(Span(3.05, 3.4), False), [(3.05, 3.4)]
    (opening,) = fillers([], [sound], clear, voice=(Span(0, 2), Span(3, 5)))
    (within,) = fillers([], [sound], clear)
    assert opening.probability > 0.5 > within.probability


def test_a_sound_weighs_in_full_only_beside_a_decoder_that_half_believed_in_a_filler():
    (hinted,) = fillers([filler(1, 1.4, 0.26)], clear=[(1, 1.4)])
    assert hinted.probability == pytest.approx(combined(0.26, 0.9526, 0.5), abs=0.01)
    (written,) = fillers([filler(1, 1.4, 0.4)], clear=[(1, 1.4)])
    assert written.probability == pytest.approx(combined(0.4, 0.9526), abs=0.01)
