"""The assembly with tone bursts for a voice: every moment of the truth is known in closed form."""

import numpy as np
import pytest

from samples.assemble import JOINT, ROOM_LEVEL, SPEECH_LEVEL, TAIL, assemble, room_tone
from samples.marks import parse
from samples.script import Script
from samples.truth import Times, Truth
from samples.utterance import GATE, HOP, INNER_SILENCE_KEPT, Utterance, levelled, trimmed
from speech.audio.recording import SAMPLE_RATE
from speech.segment import Span
from speech.transcript import WordKind

WORD = 0.25  # s, how long the tones say a word
SAMPLE = 1 / SAMPLE_RATE


def tone(seconds):
    return (0.3 * np.sin(2 * np.pi * 200 * np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE)).astype(np.float32)


def silence(seconds):
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)


class Tones:
    def speech(self, piece):
        count = len(piece.words)
        return Utterance(tone(WORD * count), tuple(Span(WORD * n, WORD * (n + 1)) for n in range(count)))

    def filler(self, piece):
        return Utterance(tone(piece.seconds), (Span(0, piece.seconds),))


def script(text, lead=0.6):
    return Script("tones", "Tones", "why_this_company", "tone", 1.0, parse(text), lead=lead)


def level(samples):
    return 20 * np.log10(np.sqrt(np.mean(samples.astype(np.float64) ** 2)))


def test_times_follow_from_the_marks():
    _, truth = assemble(script("two words {0.8} {um 0.4} {0.5} then [you know] <I> I"), Tones())
    assert truth.response == Span(0.6, 4.05)
    assert truth.pauses == (Span(1.1, 1.9), Span(2.3, 2.8))
    assert truth.duration == pytest.approx(4.05 + TAIL)
    (um,) = truth.filler_sounds
    assert (um.text, um.span, um.times) == ("um", Span(1.9, 2.3), Times.EXACT)
    assert [word.text for word in truth.words] == ["two", "words", "um", "then", "you", "know", "I", "I"]
    assert truth.words[1].span == Span(0.85, 1.1)


def test_the_rate_counts_spoken_words_without_filler_sounds():
    _, truth = assemble(script("two words {0.8} {um 0.4} {0.5} then [you know] <I> I"), Tones())
    assert truth.spoken_words == 7
    assert truth.speaking_rate == pytest.approx(60 * 7 / 3.45)
    assert (truth.counts.filler_sounds, truth.counts.filler_words, truth.counts.repetitions) == (1, 1, 1)
    assert [word.kind for word in truth.words[-4:]] == [
        WordKind.FILLER_WORD,
        WordKind.FILLER_WORD,
        WordKind.REPETITION,
        WordKind.WORD,
    ]


def test_pieces_without_a_silence_between_them_are_joined_closely():
    _, truth = assemble(script("and {um 0.4} then"), Tones())
    assert truth.pauses == ()
    assert truth.words[1].start - truth.words[0].end == pytest.approx(JOINT, abs=SAMPLE)


def test_a_lead_is_silence_before_the_first_word():
    samples, truth = assemble(script("yes", lead=4.0), Tones())
    assert truth.response.start == 4.0
    assert level(samples[: 4 * SAMPLE_RATE]) == pytest.approx(ROOM_LEVEL, abs=1)


def test_speech_stands_at_its_level_above_the_room():
    samples, truth = assemble(script("some words are said"), Tones())
    spoken = samples[round(truth.response.start * SAMPLE_RATE) : round(truth.response.end * SAMPLE_RATE)]
    assert level(spoken) == pytest.approx(SPEECH_LEVEL, abs=0.1)


def test_assembling_again_gives_the_same_sound_and_truth():
    text = script("two words {0.8} {um} then")
    (first, one), (second, two) = assemble(text, Tones()), assemble(text, Tones())
    assert one == two
    assert np.array_equal(first, second)


def test_the_room_is_pink_from_80_hz_up():
    spectrum = np.abs(np.fft.rfft(room_tone(10 * SAMPLE_RATE))) ** 2
    per_octave = [spectrum[10 * low : 20 * low].sum() for low in (100, 200, 400, 800, 1600)]
    assert max(per_octave) < 1.3 * min(per_octave)
    assert spectrum[: 10 * 79].sum() < 1e-6 * spectrum.sum()


def test_a_truth_survives_its_way_through_json():
    _, truth = assemble(script("two words {0.8} {um} then [you know] <I> I"), Tones())
    assert Truth.from_dict(truth.to_dict()) == truth


def test_silence_around_an_utterance_is_cut_to_5_ms():
    spoken = Utterance(np.concatenate([silence(0.4), tone(1.0), silence(0.7)]), (Span(0.4, 0.9), Span(0.9, 1.4)))
    found = trimmed(spoken)
    assert found.duration == pytest.approx(1.0, abs=2 * HOP * SAMPLE)
    assert found.words[0].start == pytest.approx(0, abs=HOP * SAMPLE)
    assert found.words[1].start == pytest.approx(0.5, abs=HOP * SAMPLE)
    assert found.words[1].end == pytest.approx(1.0, abs=HOP * SAMPLE)


def test_a_long_silence_of_the_voice_itself_is_shortened_below_a_pause():
    sound = np.concatenate([tone(0.5), silence(0.4), tone(0.5)])
    found = trimmed(Utterance(sound, (Span(0, 0.5), Span(0.9, 1.4))))
    assert found.duration == pytest.approx(1.0 + INNER_SILENCE_KEPT, abs=4 * HOP * SAMPLE)
    assert found.words[1].start - found.words[0].end == pytest.approx(INNER_SILENCE_KEPT, abs=4 * HOP * SAMPLE)


def test_a_short_closure_of_the_voice_is_left_alone():
    sound = np.concatenate([tone(0.5), silence(0.15), tone(0.5)])
    assert trimmed(Utterance(sound, (Span(0, 1.15),))).duration == pytest.approx(1.15, abs=2 * HOP * SAMPLE)


def test_what_lies_far_below_the_voice_is_silence():
    loud, hiss = tone(1.0), levelled(tone(0.5), level(tone(1.0)) - GATE - 3)
    assert trimmed(Utterance(np.concatenate([loud, hiss]), (Span(0, 1),))).duration == pytest.approx(1.0, abs=0.011)
    murmur = levelled(tone(0.5), level(tone(1.0)) - GATE + 3)
    assert trimmed(Utterance(np.concatenate([loud, murmur]), (Span(0, 1),))).duration == pytest.approx(1.5, abs=0.011)


def test_a_voice_that_gives_no_sound_is_an_error():
    with pytest.raises(ValueError, match="no sound"):
        trimmed(Utterance(silence(1.0), ()))
