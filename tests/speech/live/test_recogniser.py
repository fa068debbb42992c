"""What's recognised while somebody speaks is, word for word, what's recognised from the recording."""

import threading
from pathlib import Path

import numpy as np
import pytest

import samples
from speech.audio.recording import SAMPLE_RATE, Recording, from_file
from speech.errors import LanguageError
from speech.live.chunks import FORESEEN, ChunkCutter
from speech.live.recogniser import Heard, LiveRecogniser, recognise
from speech.live.whole import chunks, voiced
from speech.segment import find_gaps
from speech.transcript import Transcript, Word
from speech.vad.detector import FRAME_SECONDS
from tests.support.models import load_default_model, transcribe_sample

SAMPLES = {sample.name: sample for sample in samples.load()}
REAL_SPEECH = Path(__file__).parents[4] / "shared" / "realspeech"
SOUNDS = [*(sample.path for sample in SAMPLES.values()), *sorted(REAL_SPEECH.glob("*.flac"))]
TENTH = SAMPLE_RATE // 10
PATIENCE = 30.0  # s
FAST = FORESEEN * FRAME_SECONDS


class Scribe:
    """Writes one word for each chunk, which tells the chunk, and remembers which it heard."""

    language = None
    parallel = 2

    def __init__(self, language="en", failing=False):
        self.heard = []
        self.spoken = language
        self.failing = failing
        self.let = threading.Event()
        self.let.set()

    def cutter(self):
        return ChunkCutter()

    def transcribe_chunk(self, chunk, *, wants_language=True):
        assert self.let.wait(PATIENCE)
        if self.failing:
            raise RuntimeError("the recogniser broke")
        self.heard.append(chunk.key)
        text = f"{chunk.recording.samples.tobytes().__hash__()}"
        end = chunk.start + chunk.recording.duration
        languages = ((chunk.start, chunk.recording.duration, {self.spoken: 1.0}),) if wants_language else ()
        return Heard((Word(text, chunk.start, end, 1.0),), (), languages, end)

    def compose(self, chunks, duration):
        words = tuple(word for chunk in chunks for word in chunk.words)
        return Transcript(words, (), (), duration, "en", "scribe", "")


def chunks_of(sound):
    return chunks(Recording(sound, "sound", ""))


def sizes_of(how, length):
    if how == "tenths":
        return [TENTH] * (length // TENTH + 1)
    return np.random.default_rng(how).integers(1, SAMPLE_RATE, length // 2000).tolist()


def live(transcriber, sound, how="tenths", **kind):
    recogniser = LiveRecogniser(transcriber)
    at = 0
    for size in [*sizes_of(how, len(sound)), len(sound)]:
        recogniser.feed(sound[at : at + size], **kind)
        at += size
    return recogniser.finish()


@pytest.fixture(scope="module")
def answer():
    return from_file(SAMPLES["long_pauses"].path)


@pytest.mark.parametrize("how", ["tenths", 1, 2, 3])
def test_while_it_is_spoken_the_words_are_those_of_the_whole(answer, how):
    assert live(Scribe(), answer.samples, how) == recognise(Scribe(), answer)


def test_what_was_heard_in_advance_is_not_heard_again_at_the_end(answer):
    scribe = Scribe()
    pause = max(find_gaps(voiced(answer)), key=lambda gap: gap.duration)
    sound = answer.samples[: round((pause.start + 0.2 + FAST + 0.3) * SAMPLE_RATE)]
    recogniser = LiveRecogniser(scribe)
    for begin in range(0, len(sound), TENTH):
        recogniser.feed(sound[begin : begin + TENTH])
    before = len(recogniser.finish().words)
    assert before == len([key for key in scribe.heard if key in {chunk.key for chunk in chunks_of(sound)}])
    assert len(scribe.heard) == len(set(scribe.heard))


def test_what_was_heard_in_advance_is_thrown_away_when_the_voice_comes_again(answer):
    scribe = Scribe()
    whole = [chunk.key for chunk in chunks(answer)]
    words = live(scribe, answer.samples).words
    assert len(words) == len(whole)
    assert set(whole) < set(scribe.heard)  # some were heard for nothing
    assert len(scribe.heard) == len(set(scribe.heard))  # and none twice


def test_feeding_never_waits_for_the_recogniser(answer):
    scribe = Scribe()
    scribe.let.clear()
    recogniser = LiveRecogniser(scribe)
    recogniser.feed(answer.samples)
    assert scribe.heard == []
    scribe.let.set()
    assert recogniser.finish() == recognise(Scribe(), answer)


def test_another_language_is_refused_in_both_ways_with_the_same_sentence(answer):
    sentences = []
    for way in (lambda: recognise(Scribe("es"), answer), lambda: live(Scribe("es"), answer.samples)):
        with pytest.raises(LanguageError) as refused:
            way()
        sentences.append(str(refused.value))
    assert "sounds like Spanish" in sentences[0]
    assert sentences[0] == sentences[1]


def test_what_breaks_in_the_background_is_told_to_whoever_feeds_or_finishes(answer):
    with pytest.raises(RuntimeError, match="broke"):
        live(Scribe(failing=True), answer.samples)


def test_after_cancelling_nothing_more_is_heard(answer):
    scribe = Scribe()
    scribe.let.clear()
    recogniser = LiveRecogniser(scribe)
    recogniser.feed(answer.samples)
    recogniser.cancel()
    scribe.let.set()
    recogniser._pool.shutdown(wait=True)
    assert len(scribe.heard) <= scribe.parallel


def test_voice_is_told_once(answer):
    class Voiced(Scribe):
        def transcribe_chunk(self, chunk, *, wants_language=True):
            heard = super().transcribe_chunk(chunk)
            return Heard(heard.words, (heard.words[0].span,), (), heard.end)

    recogniser = LiveRecogniser(Voiced())
    recogniser.feed(answer.samples)
    recogniser.wait(0)
    first = recogniser.take_new_voice()
    assert len(first) > 1
    assert recogniser.take_new_voice() == ()
    recogniser.cancel()


@pytest.mark.parametrize("path", SOUNDS, ids=lambda path: path.stem)
def test_in_every_sample_and_clip_the_chunks_are_those_of_the_whole(path):
    recording = from_file(path)
    assert live(Scribe(), recording.samples, 5, hear_ahead=False) == recognise(Scribe(), recording)


@pytest.mark.model
@pytest.mark.parametrize("name", ["many_um_her", "long_pauses"])
@pytest.mark.parametrize("how", ["tenths", 4])
def test_the_real_model_writes_the_same_words_at_the_same_times_live_and_offline(name, how):
    heard = transcribe_sample(name)
    assert live(load_default_model(), heard.recording.samples, how) == heard.transcript


def test_memory_that_recognition_left_free_is_given_back_while_a_long_answer_is_heard(monkeypatch):
    released = []
    monkeypatch.setattr("speech.live.recogniser.release_free_memory", lambda: released.append(True))
    sound = np.concatenate([from_file(sample.path).samples for sample in list(SAMPLES.values())[:3]])
    scribe = Scribe()
    recognise(scribe, Recording(sound, "sound", ""))
    assert len(released) == len(scribe.heard) // 4 > 0
