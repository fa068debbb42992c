import dataclasses

import numpy as np
import pytest

from analysis.quality import levels, quality_notes
from speech.audio.recording import SAMPLE_RATE, Recording, from_samples
from speech.segment import Span
from speech.transcript import Transcript, Word, WordKind

VOICE = (Span(1, 4), Span(5, 9))


def tone_in_voice(level: float, background: float, voice: tuple[Span, ...] = VOICE) -> Recording:
    """Ten seconds: sine of RMS `level` dBFS in `voice`, Gaussian noise of `background` dBFS throughout."""
    at = np.arange(10 * SAMPLE_RATE) / SAMPLE_RATE
    sound = np.sqrt(2) * 10 ** (level / 20) * np.sin(2 * np.pi * 200 * at)
    sound *= np.any([(at >= span.start) & (at < span.end) for span in voice], axis=0)
    noise = np.random.default_rng(1).normal(0, 10 ** (background / 20), len(at))
    return from_samples((sound + noise).astype(np.float32), "tone")


def heard(voice: tuple[Span, ...] = VOICE) -> Transcript:
    return Transcript((), (), voice, 10.0, "en", "model", "settings")


def keys(recording: Recording, voice: tuple[Span, ...] = VOICE) -> list[str]:
    return [note.key for note in quality_notes(recording, heard(voice))]


def test_levels_are_those_of_the_tone_and_of_the_noise():
    voice, background = levels(tone_in_voice(-20, -60), VOICE)
    assert voice == pytest.approx(-20, abs=0.2)
    assert background == pytest.approx(-60, abs=0.2)


def test_a_good_recording_has_no_notes():
    assert keys(tone_in_voice(-25, -60)) == []


def test_the_level_of_a_good_recording_does_not_matter():
    assert keys(tone_in_voice(-12, -47)) == keys(tone_in_voice(-40, -75)) == []


def test_noise_ten_decibels_below_the_voice_is_noted_and_twenty_is_not():
    assert keys(tone_in_voice(-20, -30)) == ["noisy"]
    assert keys(tone_in_voice(-20, -40)) == []


def test_a_voice_fifty_decibels_below_full_scale_is_too_quiet():
    assert keys(tone_in_voice(-50, -90)) == ["quiet"]


def test_a_gated_background_of_digital_zero_is_not_noise():
    recording = tone_in_voice(-25, -200)
    assert levels(recording, VOICE)[1] == -100
    assert keys(recording) == []


def test_speech_without_any_gap_is_not_called_noisy():
    recording = tone_in_voice(-20, -20)
    assert levels(recording, (Span(0, 10),))[1] is None
    assert keys(recording, (Span(0, 10),)) == []


@pytest.mark.parametrize(("share", "noted"), [(0.0005, []), (0.02, ["clipped"])])
def test_clipping_is_noted_from_one_sample_in_a_thousand(share, noted):
    assert keys(dataclasses.replace(tone_in_voice(-25, -60), clipped_share=share)) == noted


def test_a_file_that_breaks_off_is_noted_with_its_length():
    recording = dataclasses.replace(tone_in_voice(-25, -60), damaged=True)
    (note,) = quality_notes(recording, heard())
    assert note.key == "damaged"
    assert "after 10.0 s" in note.text


@pytest.mark.parametrize(
    ("beliefs", "noted"),
    [((0.9, 0.8, 0.7, 0.6, 0.5), []), ((0.9, 0.6, 0.5, 0.5, 0.4), ["guessed"]), ((0.3, 0.3, 0.3, 0.3), [])],
)
def test_five_words_and_more_that_were_guessed_are_noted(beliefs, noted):
    words = tuple(Word("word", 1 + at / 2, 1.4 + at / 2, belief) for at, belief in enumerate(beliefs))
    unsure_um = Word("um", 6, 6.4, 0.1, WordKind.FILLER_SOUND)
    found = quality_notes(tone_in_voice(-25, -60), dataclasses.replace(heard(), words=(*words, unsure_um)))
    assert [note.key for note in found] == noted


def test_three_seconds_of_speech_are_too_little():
    short = (Span(1, 4),)
    assert keys(tone_in_voice(-25, -60, short), short) == ["little_speech"]


def test_without_voice_nothing_is_said_of_levels():
    assert keys(tone_in_voice(-25, -60), ()) == []


def test_every_note_says_what_to_do_in_a_second_sentence():
    recording = dataclasses.replace(tone_in_voice(-50, -55, (Span(1, 4),)), damaged=True, clipped_share=0.1)
    guessed = tuple(Word("word", at, at + 0.2, 0.4) for at in (1, 2, 2.5, 3, 3.5))
    notes = quality_notes(recording, dataclasses.replace(heard((Span(1, 4),)), words=guessed))
    assert [note.key for note in notes] == ["damaged", "quiet", "noisy", "guessed", "clipped", "little_speech"]
    assert all(note.text.endswith(".") and note.text.count(". ") >= 1 for note in notes)
