import dataclasses
import json
import tracemalloc

import numpy as np
import pytest

import samples
from analysis import quality
from analysis.quality import (
    FRAME_SAMPLES,
    _compute_frame_power,
    find_quality_notes,
    find_two_voices,
    find_voice_change,
    measure_levels,
)
from samples.demo import TRANSCRIPTS_PATH
from speech import transcript_json
from speech.audio.lazy_librosa import load_librosa
from speech.audio.recording import SAMPLE_RATE, Recording, from_file, from_samples
from speech.segment import Segment
from speech.transcript import LanguageChange, Transcript, Word, WordKind

VOICE = (Segment(1, 4), Segment(5, 9))


def make_tone_in_voice(level: float, background: float, voice: tuple[Segment, ...] = VOICE) -> Recording:
    """Make 10 s: a sine of RMS `level` dBFS inside `voice`, Gaussian noise of `background` dBFS everywhere."""
    at = np.arange(10 * SAMPLE_RATE) / SAMPLE_RATE
    sound = np.sqrt(2) * 10 ** (level / 20) * np.sin(2 * np.pi * 200 * at)
    sound *= np.any([(at >= span.start) & (at < span.end) for span in voice], axis=0)
    noise = np.random.default_rng(1).normal(0, 10 ** (background / 20), len(at))
    return from_samples((sound + noise).astype(np.float32), "tone")


def make_transcript(voice: tuple[Segment, ...] = VOICE) -> Transcript:
    return Transcript((), (), voice, 10.0, "en", "model", "settings")


def find_keys(recording: Recording, voice: tuple[Segment, ...] = VOICE) -> list[str]:
    return [note.key for note in find_quality_notes(recording, make_transcript(voice))]


def test_measured_levels_match_the_tone_and_the_noise():
    voice, background = measure_levels(make_tone_in_voice(-20, -60), VOICE)
    assert voice == pytest.approx(-20, abs=0.2)
    assert background == pytest.approx(-60, abs=0.2)


def test_a_good_recording_has_no_notes():
    assert find_keys(make_tone_in_voice(-25, -60)) == []


def test_a_good_recording_has_no_notes_at_any_level():
    assert find_keys(make_tone_in_voice(-12, -47)) == find_keys(make_tone_in_voice(-40, -75)) == []


def test_noise_ten_decibels_below_the_voice_is_noted_and_twenty_is_not():
    assert find_keys(make_tone_in_voice(-20, -30)) == ["noisy"]
    assert find_keys(make_tone_in_voice(-20, -40)) == []


def test_a_voice_fifty_decibels_below_full_scale_is_too_quiet():
    assert find_keys(make_tone_in_voice(-50, -90)) == ["quiet"]


def test_a_digitally_silent_background_is_not_noise():
    recording = make_tone_in_voice(-25, -200)
    assert measure_levels(recording, VOICE)[1] == -100
    assert find_keys(recording) == []


def test_speech_without_any_gap_is_not_called_noisy():
    recording = make_tone_in_voice(-20, -20)
    assert measure_levels(recording, (Segment(0, 10),))[1] is None
    assert find_keys(recording, (Segment(0, 10),)) == []


@pytest.mark.parametrize(("share", "noted"), [(0.0005, []), (0.02, ["clipped"])])
def test_clipping_is_noted_from_one_sample_in_a_thousand(share, noted):
    assert find_keys(dataclasses.replace(make_tone_in_voice(-25, -60), clipped_share=share)) == noted


def test_a_truncated_file_is_noted_with_its_length():
    recording = dataclasses.replace(make_tone_in_voice(-25, -60), damaged=True)
    (note,) = find_quality_notes(recording, make_transcript())
    assert note.key == "damaged"
    assert "after 10 seconds" in note.text


@pytest.mark.parametrize(
    ("beliefs", "noted"),
    [((0.9, 0.8, 0.7, 0.6, 0.5), []), ((0.9, 0.6, 0.5, 0.5, 0.4), ["guessed"]), ((0.3, 0.3, 0.3, 0.3), [])],
)
def test_guessed_words_are_noted_from_five_words_on(beliefs, noted):
    words = tuple(Word("word", 1 + at / 2, 1.4 + at / 2, belief) for at, belief in enumerate(beliefs))
    unsure_um = Word("um", 6, 6.4, 0.1, WordKind.FILLED_PAUSE)
    found = find_quality_notes(
        make_tone_in_voice(-25, -60), dataclasses.replace(make_transcript(), words=(*words, unsure_um))
    )
    assert [note.key for note in found] == noted


def test_three_seconds_of_speech_are_too_little():
    short = (Segment(1, 4),)
    assert find_keys(make_tone_in_voice(-25, -60, short), short) == ["little_speech"]


def test_loud_sound_without_a_voice_is_told_from_a_quiet_room_and_from_nothing():
    assert find_keys(make_tone_in_voice(-25, -60), ()) == ["no_voice"]
    assert find_keys(make_tone_in_voice(-70, -75), ()) == ["quiet"]
    assert find_keys(from_samples(np.zeros(10 * SAMPLE_RATE, np.float32), "nothing"), ()) == ["quiet"]


def test_a_loud_hum_between_the_words_is_told_from_other_noise():
    at = np.arange(10 * SAMPLE_RATE) / SAMPLE_RATE
    quiet = make_tone_in_voice(-25, -70)
    buzz = sum(np.sin(2 * np.pi * 100 * harmonic * at) / harmonic for harmonic in range(1, 9))
    for level, noted in ((-80, []), (-40, ["hum"])):
        hum = 10 ** (level / 20) * buzz / np.sqrt(np.mean(buzz**2))
        assert find_keys(from_samples((quiet.samples + hum).astype(np.float32), "hum")) == noted


def test_a_quiet_room_in_which_something_clicked_is_not_called_loud():
    recording = make_tone_in_voice(-70, -60)
    samples = recording.samples.copy()
    samples[5 * SAMPLE_RATE :][:800] += 0.2
    assert find_keys(from_samples(samples, "click"), ()) == []


def test_a_change_of_language_is_told_with_its_moment_and_name():
    changed = dataclasses.replace(make_transcript(), language_change=LanguageChange(25.2, "es"))
    (note,) = find_quality_notes(make_tone_in_voice(-25, -60), changed)
    assert note.key == "other_language"
    assert "Some time after 25 seconds, this sounds like Spanish." in note.text


@pytest.mark.parametrize(("holes", "noted"), [(4, []), (5, ["dropouts"])])
def test_five_holes_in_the_voice_are_noted(holes, noted):
    recording = make_tone_in_voice(-25, -60)
    samples = recording.samples.copy()
    for at in range(holes):
        samples[round((5.3 + at / 2) * SAMPLE_RATE) :][: round(0.04 * SAMPLE_RATE)] = 0
    assert find_keys(from_samples(samples, "torn")) == noted


def test_every_note_says_what_to_do_in_a_second_sentence():
    recording = dataclasses.replace(make_tone_in_voice(-50, -55, (Segment(1, 4),)), damaged=True, clipped_share=0.1)
    guessed = tuple(Word("word", at, at + 0.2, 0.4) for at in (1, 2, 2.5, 3, 3.5))
    notes = find_quality_notes(recording, dataclasses.replace(make_transcript((Segment(1, 4),)), words=guessed))
    assert [note.key for note in notes] == ["damaged", "quiet", "noisy", "guessed", "clipped", "little_speech"]
    assert all(note.text.endswith(".") and note.text.count(". ") >= 1 for note in notes)


HEARD = json.loads(TRANSCRIPTS_PATH.read_text(encoding="utf-8"))
SAMPLES = {sample.name: sample for sample in samples.load()}


def load_sample(name: str) -> tuple[Recording, Transcript]:
    return from_file(SAMPLES[name].path), transcript_json.from_json(HEARD[name])


def ask_before(question: Segment, answer: str) -> tuple[Recording, Transcript]:
    """Put a question out of one sample before another sample, which another voice speaks, after half a second."""
    (asking, asked), (answering, said) = load_sample("hesitant_start"), load_sample(answer)
    gap = np.zeros(SAMPLE_RATE // 2, np.float32)
    recording = from_samples(np.concatenate([asking.cut(question), gap, answering.samples]), "two voices")
    before = [word for word in asked.words if question.start <= word.start and word.end <= question.end]
    shift = question.duration + 0.5
    words = [dataclasses.replace(w, start=w.start - question.start, end=w.end - question.start) for w in before]
    words += [dataclasses.replace(word, start=word.start + shift, end=word.end + shift) for word in said.words]
    voice = (Segment(0, question.duration), *(Segment(v.start + shift, v.end + shift) for v in said.voice))
    return recording, dataclasses.replace(said, words=tuple(words), voice=voice, duration=recording.duration)


def test_a_question_by_one_voice_answered_by_another_is_two_people():
    recording, transcript = ask_before(Segment(9.3, 13.2), "many_um_him")
    found = find_two_voices(recording, transcript)
    assert found is not None
    assert found.end < 5
    assert "two_voices" in [note.key for note in find_quality_notes(recording, transcript)]


@pytest.mark.parametrize("name", ["hesitant_start", "too_fast", "repetitions", "filler_words"])
def test_one_voice_that_asks_and_goes_on_is_one_person(name):
    assert find_two_voices(*load_sample(name)) is None


def join(first: str, second: str, gap: float = 0.5) -> tuple[Recording, tuple[Segment, ...], float]:
    """Join the beginnings of two samples; return the sound, the voice in it, and when the second one speaks."""
    sounds, voice, begin = [], [], 0.0
    for name in (first, second):
        recording, transcript = load_sample(name)
        length = next(span.end for span in transcript.voice if span.end > 12)
        spoken = [span for span in transcript.voice if span.end <= length]
        voice += [Segment(span.start + begin, span.end + begin) for span in spoken]
        sounds.append(recording.cut(Segment(0, length)))
        turn, begin = begin + spoken[0].start, begin + length + gap
        sounds.append(np.zeros(round(gap * SAMPLE_RATE), np.float32))
    return from_samples(np.concatenate(sounds), "joined"), tuple(voice), turn


def test_another_voice_that_goes_on_without_a_question_is_told_with_its_moment():
    recording, voice, turn = join("many_um_him", "hesitant_start")
    found = find_voice_change(recording, voice)
    assert found == pytest.approx(turn, abs=2.5)
    notes = find_quality_notes(recording, dataclasses.replace(make_transcript(voice), duration=recording.duration))
    assert "another voice seems to speak" in next(note.text for note in notes if note.key == "two_voices")


@pytest.mark.parametrize("name", sorted(HEARD.keys() & SAMPLES.keys()))
def test_one_voice_that_goes_on_is_no_change(name):
    recording, transcript = load_sample(name)
    assert find_voice_change(recording, transcript.voice) is None


def test_the_levels_of_a_long_recording_are_taken_a_minute_at_a_time():
    sound = np.random.default_rng(5).normal(0.1, 0.05, round(400.01 * SAMPLE_RATE)).astype(np.float32)
    recording = Recording(sound, "long", "")
    tracemalloc.start()
    power = _compute_frame_power(recording)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < sound.nbytes
    frames = sound[: len(sound) // FRAME_SAMPLES * FRAME_SAMPLES].astype(np.float64)
    expected = np.square(frames - frames.mean()).reshape(-1, FRAME_SAMPLES).mean(axis=1)
    np.testing.assert_allclose(power, expected, rtol=1e-9)


def test_spectra_are_the_same_however_long_the_sound_is_that_is_held_at_once(monkeypatch):
    sound = from_file(samples.load()[0].path).samples[: 3 * SAMPLE_RATE]
    for length in (0, 600, 3200, len(sound)):
        whole = load_librosa().feature.mfcc(y=sound[:length], n_mfcc=20, **quality.MEL_SETTINGS) if length else None
        with monkeypatch.context() as small:
            small.setattr(quality, "BLOCK_FRAMES", 7)
            found = quality._compute_mfcc(sound[:length])
        assert len(found) == 1 + length // 320
        assert whole is None or np.allclose(found, whole.T, atol=1e-3)


def test_notes_on_a_long_recording_need_less_memory_than_the_recording():
    sound = np.random.default_rng(5).normal(0, 0.003, 300 * SAMPLE_RATE).astype(np.float32)
    recording, voice = Recording(sound, "long", ""), tuple(Segment(at, at + 4) for at in range(0, 300, 5))
    find_quality_notes(recording, make_transcript(VOICE))  # what is loaded once
    tracemalloc.start()
    find_quality_notes(recording, make_transcript(voice))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < sound.nbytes
