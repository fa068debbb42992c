"""The committed samples: recording, truth and text agree."""

import numpy as np
import pytest

from samples import FOLDER, load
from samples.marks import FillerSound, Silence, Speech
from samples.script import load_scripts
from samples.truth import MIN_PAUSE_SECONDS
from speech.audio.recording import SAMPLE_RATE, from_file
from speech.segment import Segment
from speech.transcript import WordKind

SAMPLES = load()
SCRIPTS = {script.name: script for script in load_scripts()}
NAMES = [sample.name for sample in SAMPLES]
AUDIBLE = -56.0  # dBFS in 10 ms; the room stands at -64 and varies by a few dB, voices end about there
COLLAR = 0.02  # s within which sound must rise at a border
QUESTIONS = {
    "tell_me_about_yourself",
    "why_this_company",
    "past_technical_project",
    "strength_with_example",
    "competing_priorities",
    "questions_for_us",
}

each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)


def find_loudest(recording, span):
    """Return the level in dBFS of the loudest 10 ms of a segment."""
    power = recording.cut(span).astype(np.float64) ** 2
    window = SAMPLE_RATE // 100
    sums = np.convolve(power, np.ones(window) / window, "valid")
    return 10 * np.log10(sums.max())


def test_every_text_has_a_recording_and_a_truth():
    assert set(NAMES) == set(SCRIPTS) == {path.stem for path in FOLDER.glob("*.flac")}


def test_at_least_ten_samples_use_four_male_and_female_voices():
    voices = {sample.truth.voice for sample in SAMPLES}
    assert len(SAMPLES) >= 10
    assert len(voices) >= 4
    assert {voice[1] for voice in voices} == {"f", "m"}


def test_the_recordings_are_smaller_than_10_megabytes():
    assert sum(sample.path.stat().st_size for sample in SAMPLES) < 10e6


@each_sample
def test_recordings_are_16_khz_mono_and_as_long_as_the_truth_says(sample):
    recording = from_file(sample.path)
    assert recording.duration == pytest.approx(sample.truth.duration, abs=1e-4)
    assert recording.clipped_share == 0
    assert not recording.damaged


@each_sample
def test_the_truth_contains_the_words_of_the_text(sample):
    script = SCRIPTS[sample.name]
    expected = []
    for piece in script.text.pieces:
        if isinstance(piece, Speech):
            expected += [(word.text, word.kind) for word in piece.words]
        elif isinstance(piece, FillerSound):
            expected.append((piece.text, WordKind.FILLED_PAUSE))
    truth = sample.truth
    assert [(word.text, word.kind) for word in truth.words] == expected
    assert (truth.title, truth.question, truth.voice, truth.speed) == (
        script.title,
        script.question,
        script.voice,
        script.speed,
    )
    assert (truth.counts.filler_words, truth.counts.repetitions) == (
        script.text.filler_phrases,
        script.text.repetitions,
    )
    assert truth.counts.filler_sounds == len(truth.filler_sounds)
    assert truth.response.start == script.lead


@each_sample
def test_the_pauses_of_the_truth_are_the_silences_of_the_text(sample):
    marked = [piece.seconds for piece in SCRIPTS[sample.name].text.pieces if isinstance(piece, Silence)]
    assert [pause.duration for pause in sample.truth.pauses] == pytest.approx(marked, abs=2e-4)


@each_sample
def test_pauses_are_silent_and_end_where_the_sound_rises(sample):
    recording = from_file(sample.path)
    for pause in sample.truth.pauses:
        assert find_loudest(recording, pause) < AUDIBLE, pause
        assert find_loudest(recording, Segment(pause.start - COLLAR, pause.start)) > AUDIBLE, pause
        assert find_loudest(recording, Segment(pause.end, pause.end + COLLAR)) > AUDIBLE, pause


@each_sample
def test_no_other_silence_is_as_long_as_a_pause(sample):
    recording = from_file(sample.path)
    window, blocks = SAMPLE_RATE // 100, recording.cut(sample.truth.response).astype(np.float64)
    power = np.mean(blocks[: len(blocks) // window * window].reshape(-1, window) ** 2, axis=1)
    loud = np.flatnonzero(10 * np.log10(power) > AUDIBLE)
    silences = [gap for gap in np.diff(loud) * 0.01 - 0.01 if gap >= MIN_PAUSE_SECONDS]
    assert len(silences) == len(sample.truth.pauses)


@each_sample
def test_every_sample_begins_and_ends_with_room_tone(sample):
    recording, response = from_file(sample.path), sample.truth.response
    assert response.start >= 0.5
    assert find_loudest(recording, Segment(0, response.start)) < AUDIBLE
    assert find_loudest(recording, Segment(response.end, recording.duration)) < AUDIBLE


@each_sample
def test_words_are_in_time_order_and_outside_pauses(sample):
    truth = sample.truth
    starts = [word.start for word in truth.words]
    assert starts == sorted(starts)
    for word in truth.words:
        assert word.end > word.start, word
        assert truth.response.overlap(word.span) == pytest.approx(word.span.duration), word
        assert all(pause.overlap(word.span) == 0 for pause in truth.pauses), word


@each_sample
def test_filler_sounds_last_0_2_to_0_6_seconds(sample):
    for word in sample.truth.filler_sounds:
        assert 0.2 <= word.span.duration <= 0.6, word


@each_sample
def test_every_sample_answers_a_question_of_the_question_bank(sample):
    assert sample.truth.question in QUESTIONS


def test_the_samples_cover_what_the_report_must_distinguish():
    truths = {sample.name: sample.truth for sample in SAMPLES}
    assert 120 <= truths["calm_and_concise"].speaking_rate <= 170
    assert truths["too_fast"].speaking_rate > 190
    assert truths["slow_and_flat"].speaking_rate < 110
    assert truths["rambling"].response.duration > 150
    assert truths["hesitant_start"].response.start == 4.0
    assert truths["filler_words"].counts.filler_words >= 10
    assert truths["repetitions"].counts.repetitions >= 6
    assert any(pause.duration > 4 for pause in truths["long_pauses"].pauses)
    assert any(2 <= pause.duration <= 3 for pause in truths["long_pauses"].pauses)
    hesitant = [truth for truth in truths.values() if 60 * truth.counts.filler_sounds / truth.response.duration >= 12]
    assert len({truth.voice for truth in hesitant}) >= 2
