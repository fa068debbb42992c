"""A chunk is the same however its sound comes in, and nothing after it changes it."""

from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import samples
from speech.audio.recording import SAMPLE_RATE, Recording, from_file, from_samples
from speech.live.chunks import ChunkCutter
from speech.live.cut_rule import RULE, CutRule
from speech.live.whole import chunks, voiced
from speech.segment import Segment
from speech.vad.detector import FRAME_SAMPLES, FRAME_SECONDS
from speech.vad.preprocessing import MAX_GAIN_DB
from tests.support.sounds import make_noise, make_silence, make_tone

SAMPLES = {sample.name: sample for sample in samples.load()}
LONGEST = (RULE.without_voice + RULE.longest) * FRAME_SECONDS  # s


@pytest.fixture(scope="module")
def answer():
    return from_file(SAMPLES["long_pauses"].path)


@pytest.fixture(scope="module")
def whole(answer):
    return list(chunks(answer))


def fed(sound, sizes):
    cutter = ChunkCutter()
    found, at = [], 0
    for size in sizes:
        found += cutter.feed(sound[at : at + size])
        at += size
    return [*found, *cutter.feed(sound[at:]), *cutter.finish()]


def same(one, other):
    return (
        one.key == other.key
        and (one.recording.samples == other.recording.samples).all()
        and (one.probabilities == other.probabilities).all()
    )


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(1, 2 * SAMPLE_RATE), min_size=1, max_size=60))
def test_in_blocks_of_any_size_the_chunks_are_the_same_to_the_last_bit(answer, whole, sizes):
    found = fed(answer.samples, sizes)
    assert len(found) == len(whole)
    assert all(map(same, found, whole))


def test_in_blocks_of_a_tenth_of_a_second_the_chunks_are_the_same_to_the_last_bit(answer, whole):
    found = fed(answer.samples, [SAMPLE_RATE // 10] * 1000)
    assert len(found) == len(whole)
    assert all(map(same, found, whole))


def test_every_sample_belongs_to_one_chunk_and_none_is_too_long(answer, whole):
    lengths = [len(chunk.recording.samples) for chunk in whole]
    assert [chunk.begin for chunk in whole] == [0, *accumulate(lengths)][:-1]
    assert sum(lengths) == len(answer.samples)
    assert max(lengths) <= LONGEST * SAMPLE_RATE
    assert len(whole) > 2


def test_what_comes_later_changes_no_closed_chunk(answer, whole):
    end = whole[1].begin + len(whole[1].recording.samples)
    other = np.concatenate((answer.samples[: end + 2 * SAMPLE_RATE], make_noise(20, -3)))
    found = list(chunks(from_samples(other, "another ending")))
    assert all(map(same, found[:2], whole[:2]))


def test_what_is_foreseen_in_a_silence_is_the_chunk_that_ends_there(answer):
    *_, first = (pause for pause in SAMPLES["long_pauses"].truth.pauses if pause.duration > 1.5 and pause.start < 8)
    sound = answer.samples[: round((first.start + 1.4) * SAMPLE_RATE)]
    cutter = ChunkCutter()
    cutter.feed(sound)
    foreseen = cutter.foresee()
    (chunk,) = foreseen
    assert same(chunk, cutter.finish()[0])
    assert same(chunk, next(chunks(from_samples(sound, "up to the silence"))))


PARTED = CutRule(
    part=30, gap=5, parted_after=0, long_enough=900, longest=1200
)  # so that a sample is parted before it is cut


@pytest.mark.parametrize("seconds", [6.0, 9.0, 12.5, 20.0])
def test_what_is_foreseen_begins_what_the_end_gives(seconds):
    sound = from_file(SAMPLES["many_um_her"].path).samples[: round(seconds * SAMPLE_RATE)]
    cutter = ChunkCutter(PARTED)
    assert cutter.feed(sound) == []
    foreseen, found = cutter.foresee(), cutter.finish()
    assert foreseen
    assert all(map(same, foreseen, found))
    assert len(found) - len(foreseen) in (0, 1, 2)  # the voice that goes on, and the silence at the end
    again = ChunkCutter(PARTED)
    whole = [*again.feed(sound), *again.finish()]
    assert len(whole) == len(found)
    assert all(map(same, whole, found))


def test_while_somebody_speaks_nothing_is_foreseen(answer):
    voice = voiced(answer)[0]
    cutter = ChunkCutter()
    cutter.feed(answer.samples[: round((voice.end - 0.2) * SAMPLE_RATE)])
    assert cutter.foresee() == []


@pytest.mark.parametrize("length", [1, FRAME_SAMPLES - 1, FRAME_SAMPLES, FRAME_SAMPLES + 1, SAMPLE_RATE])
def test_short_sound_is_one_chunk_with_a_probability_for_every_32_ms_begun(length):
    (chunk,) = chunks(Recording(make_noise(2, -30)[:length], "noise", ""))
    assert chunk.probabilities.shape == (-(-length // FRAME_SAMPLES),)
    assert ((chunk.probabilities >= 0) & (chunk.probabilities <= 1)).all()


def test_no_sound_is_no_chunk():
    assert fed(np.zeros(0, np.float32), []) == []


def test_in_a_long_silence_what_is_held_stays_small():
    cutter = ChunkCutter()
    found = [chunk for _ in range(60) for chunk in cutter.feed(make_silence(1))]
    assert sum(chunk.recording.duration for chunk in found) > 60 - LONGEST / 2
    assert not any(chunk.recording.samples.any() for chunk in found)


def test_a_voice_after_a_long_silence_is_heard_where_it_is(answer):
    word = answer.cut(Segment(voiced(answer)[0].start, voiced(answer)[0].start + 2))
    late = from_samples(np.concatenate((make_noise(33, -70), word, make_noise(3, -70))), "late")
    (first, *_) = voiced(late)
    assert first.start == pytest.approx(33, abs=0.1)


def test_the_level_of_a_chunk_comes_from_what_was_said_up_to_its_end_and_never_from_later():
    quiet, loud = make_noise(12, -50), make_noise(30, -10)
    alone = next(chunks(from_samples(quiet, "quiet")))
    before_loud = next(chunks(from_samples(np.concatenate((quiet, loud)), "loud later")))
    assert same(alone, before_loud)
    assert np.abs(alone.recording.samples).max() < 10 ** (MAX_GAIN_DB / 20) * np.abs(quiet).max()


def test_an_answer_after_something_far_louder_is_heard_as_it_would_be_alone(answer):
    words = answer.cut(Segment(0, 12))
    loud = make_tone(20, 700, 0.5)
    faint = from_samples(np.concatenate((loud, words * 10 ** (-30 / 20))).astype(np.float32), "after tones")
    alone = voiced(from_samples(words, "alone"))
    later = [span for span in voiced(faint) if span.start >= 19.5]
    assert later[0].start == pytest.approx(20 + alone[0].start, abs=0.15)
    assert sum(span.duration for span in later) == pytest.approx(sum(span.duration for span in alone), rel=0.1)
