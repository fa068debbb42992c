"""Assembly with tone bursts as the voice, so that every time of the truth is known in closed form."""

import numpy as np
import pytest

from samples.assemble import JOINT_SECONDS, ROOM_LEVEL_DBFS, SPEECH_LEVEL_DBFS, TAIL_SECONDS, assemble, make_room_tone
from samples.marks import parse_marks
from samples.script import Script
from samples.truth import TimeAccuracy, Truth
from samples.utterance import GATE_DB, HOP_SAMPLES, SHORTENED_SILENCE_SECONDS, Utterance, set_level, trim_silence
from speech.audio.recording import SAMPLE_RATE
from speech.segment import Segment
from speech.transcript import WordKind

WORD = 0.25  # s, how long the tones say a word
SAMPLE = 1 / SAMPLE_RATE


def make_tone(seconds):
    return (0.3 * np.sin(2 * np.pi * 200 * np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE)).astype(np.float32)


def make_silence(seconds):
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)


class Tones:
    def say_words(self, piece):
        count = len(piece.words)
        return Utterance(make_tone(WORD * count), tuple(Segment(WORD * n, WORD * (n + 1)) for n in range(count)))

    def say_filler(self, piece):
        return Utterance(make_tone(piece.seconds), (Segment(0, piece.seconds),))


def make_script(text, lead=0.6):
    return Script("tones", "Tones", "why_this_company", "tone", 1.0, parse_marks(text), lead=lead)


def measure_level(samples):
    return 20 * np.log10(np.sqrt(np.mean(samples.astype(np.float64) ** 2)))


def test_times_follow_from_the_marks():
    _, truth = assemble(make_script("two words {0.8} {um 0.4} {0.5} then [you know] <I> I"), Tones())
    assert truth.response == Segment(0.6, 4.05)
    assert truth.pauses == (Segment(1.1, 1.9), Segment(2.3, 2.8))
    assert truth.duration == pytest.approx(4.05 + TAIL_SECONDS)
    (um,) = truth.filler_sounds
    assert (um.text, um.span, um.times) == ("um", Segment(1.9, 2.3), TimeAccuracy.EXACT)
    assert [word.text for word in truth.words] == ["two", "words", "um", "then", "you", "know", "I", "I"]
    assert truth.words[1].span == Segment(0.85, 1.1)


def test_the_speaking_rate_leaves_out_filler_sounds():
    _, truth = assemble(make_script("two words {0.8} {um 0.4} {0.5} then [you know] <I> I"), Tones())
    assert truth.spoken_words == 7
    assert truth.speaking_rate == pytest.approx(60 * 7 / 3.45)
    assert (truth.counts.filler_sounds, truth.counts.filler_words, truth.counts.repetitions) == (1, 1, 1)
    assert [word.kind for word in truth.words[-4:]] == [
        WordKind.DISCOURSE_MARKER,
        WordKind.DISCOURSE_MARKER,
        WordKind.REPETITION,
        WordKind.WORD,
    ]


def test_pieces_without_a_marked_silence_are_30_ms_apart():
    _, truth = assemble(make_script("and {um 0.4} then"), Tones())
    assert truth.pauses == ()
    assert truth.words[1].start - truth.words[0].end == pytest.approx(JOINT_SECONDS, abs=SAMPLE)


def test_the_lead_is_silence_before_the_first_word():
    samples, truth = assemble(make_script("yes", lead=4.0), Tones())
    assert truth.response.start == 4.0
    assert measure_level(samples[: 4 * SAMPLE_RATE]) == pytest.approx(ROOM_LEVEL_DBFS, abs=1)


def test_speech_has_its_level_above_the_room_tone():
    samples, truth = assemble(make_script("some words are said"), Tones())
    spoken = samples[round(truth.response.start * SAMPLE_RATE) : round(truth.response.end * SAMPLE_RATE)]
    assert measure_level(spoken) == pytest.approx(SPEECH_LEVEL_DBFS, abs=0.1)


def test_assembling_again_gives_the_same_sound_and_truth():
    text = make_script("two words {0.8} {um} then")
    (first, one), (second, two) = assemble(text, Tones()), assemble(text, Tones())
    assert one == two
    assert np.array_equal(first, second)


def test_room_tone_is_pink_noise_above_80_hz():
    spectrum = np.abs(np.fft.rfft(make_room_tone(10 * SAMPLE_RATE))) ** 2
    per_octave = [spectrum[10 * low : 20 * low].sum() for low in (100, 200, 400, 800, 1600)]
    assert max(per_octave) < 1.3 * min(per_octave)
    assert spectrum[: 10 * 79].sum() < 1e-6 * spectrum.sum()


def test_a_truth_survives_a_round_trip_through_json():
    _, truth = assemble(make_script("two words {0.8} {um} then [you know] <I> I"), Tones())
    assert Truth.from_dict(truth.to_dict()) == truth


def test_silence_around_an_utterance_is_cut_to_5_ms():
    spoken = Utterance(
        np.concatenate([make_silence(0.4), make_tone(1.0), make_silence(0.7)]), (Segment(0.4, 0.9), Segment(0.9, 1.4))
    )
    found = trim_silence(spoken)
    assert found.duration == pytest.approx(1.0, abs=2 * HOP_SAMPLES * SAMPLE)
    assert found.words[0].start == pytest.approx(0, abs=HOP_SAMPLES * SAMPLE)
    assert found.words[1].start == pytest.approx(0.5, abs=HOP_SAMPLES * SAMPLE)
    assert found.words[1].end == pytest.approx(1.0, abs=HOP_SAMPLES * SAMPLE)


def test_a_long_silence_inside_an_utterance_is_shortened():
    sound = np.concatenate([make_tone(0.5), make_silence(0.4), make_tone(0.5)])
    found = trim_silence(Utterance(sound, (Segment(0, 0.5), Segment(0.9, 1.4))))
    assert found.duration == pytest.approx(1.0 + SHORTENED_SILENCE_SECONDS, abs=4 * HOP_SAMPLES * SAMPLE)
    assert found.words[1].start - found.words[0].end == pytest.approx(
        SHORTENED_SILENCE_SECONDS, abs=4 * HOP_SAMPLES * SAMPLE
    )


def test_a_short_closure_inside_an_utterance_stays():
    sound = np.concatenate([make_tone(0.5), make_silence(0.15), make_tone(0.5)])
    assert trim_silence(Utterance(sound, (Segment(0, 1.15),))).duration == pytest.approx(
        1.15, abs=2 * HOP_SAMPLES * SAMPLE
    )


def test_sound_far_below_the_voice_counts_as_silence():
    loud, hiss = make_tone(1.0), set_level(make_tone(0.5), measure_level(make_tone(1.0)) - GATE_DB - 3)
    assert trim_silence(Utterance(np.concatenate([loud, hiss]), (Segment(0, 1),))).duration == pytest.approx(
        1.0, abs=0.011
    )
    murmur = set_level(make_tone(0.5), measure_level(make_tone(1.0)) - GATE_DB + 3)
    assert trim_silence(Utterance(np.concatenate([loud, murmur]), (Segment(0, 1),))).duration == pytest.approx(
        1.5, abs=0.011
    )


def test_an_utterance_without_sound_is_an_error():
    with pytest.raises(ValueError, match="no sound"):
        trim_silence(Utterance(make_silence(1.0), ()))
