"""Plain faster-whisper and the usual tricks for keeping um and uh, as anyone would write them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.vad import VadOptions, get_speech_timestamps

from speech.asr.models import find
from speech.audio.recording import SAMPLE_RATE, Recording, Samples
from speech.transcript import Transcript, Word, WordKind
from tests.benchmark.systems import Entry, System
from tests.benchmark.tokens import is_hesitation, plain

THREADS = 2
HOTWORDS = "um, uh, er, hmm, like, you know"
# The example of OpenAI's speech-to-text guide.
PROMPT = "Umm, let me think like, hmm... Okay, here's what I'm, like, thinking."
LONGEST_PIECE = 15.0  # s
ONE_SOUND = 0.15  # s; fillers nearer than this are one sound heard twice
LOOP = 3  # as many equal fillers in a row are a loop

# What a model wrote with given options, by the recording's digest: two rows of the table share one decoding.
_HEARD: dict[tuple[str, tuple[tuple[str, Any], ...]], dict[str, tuple[tuple[Word, ...], str]]] = {}

Step = Callable[[tuple[Word, ...]], tuple[Word, ...]]


def default(model: str) -> System:
    """Plain faster-whisper with word times."""
    return _whole(model, (), {})


def prompted(model: str) -> System:
    """With an `initial_prompt` full of fillers, the usual advice."""
    return _whole(model, (), {"initial_prompt": PROMPT})


def hotwords(model: str) -> System:
    """A filler list put back into every window, silence filtered out by voice activity."""
    return _whole(model, (), _EVERY_WINDOW)


def hotwords_without_runs(model: str) -> System:
    """The same, runs of three equal fillers dropped."""
    return _whole(model, (without_runs,), _EVERY_WINDOW)


def pieces(model: str) -> System:
    """Pieces of at most 15 s cut at silences, each with the filler list; doubled fillers merged, loops dropped."""
    whisper = _load(model)

    def transcribe(recording: Recording) -> Transcript:
        words: list[Word] = []
        for start, samples in _cut_at_silences(recording.samples):
            segments, _ = whisper.transcribe(samples, language="en", word_timestamps=True, hotwords=HOTWORDS)
            words.extend(_words(segments, start))
        return _transcript(recording, without_runs(merged(tuple(words))), "en", model)

    return transcribe


_EVERY_WINDOW = {"hotwords": HOTWORDS, "vad_filter": True, "condition_on_previous_text": False}

ENTRIES = (
    Entry("default", "faster-whisper, default", default),
    Entry("prompt", "with `initial_prompt`", prompted),
    Entry("hotwords", "`hotwords` in every window + voice activity", hotwords),
    Entry("hotwords-runs", "the same, runs of three equal fillers dropped", hotwords_without_runs),
    Entry("pieces", "pieces of at most 15 s + `hotwords`, doubles merged, loops dropped", pieces),
)


def without_runs(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Leave out every run of three or more equal fillers."""
    kept: list[Word] = []
    run: list[Word] = []
    for word in words:
        if run and word.kind is WordKind.FILLER_SOUND and plain(word.text) == plain(run[0].text):
            run.append(word)
            continue
        kept.extend(run if len(run) < LOOP else ())
        run = [word] if word.kind is WordKind.FILLER_SOUND else []
        kept.extend([] if run else [word])
    kept.extend(run if len(run) < LOOP else ())
    return tuple(kept)


def merged(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Make neighbouring equal fillers without a pause between them one."""
    kept: list[Word] = []
    for word in words:
        last = kept[-1] if kept else None
        if last and last.kind is word.kind is WordKind.FILLER_SOUND and word.start - last.end < ONE_SOUND:
            kept[-1] = Word(last.text, last.start, word.end, last.probability, last.kind)
        else:
            kept.append(word)
    return tuple(kept)


def _whole(model: str, steps: tuple[Step, ...], options: Mapping[str, Any]) -> System:
    whisper = _load(model)
    cache = _HEARD.setdefault((model, tuple(options.items())), {})

    def transcribe(recording: Recording) -> Transcript:
        if recording.digest not in cache:
            segments, info = whisper.transcribe(recording.samples, word_timestamps=True, **options)
            cache[recording.digest] = tuple(_words(segments, 0.0)), info.language
        words, language = cache[recording.digest]
        for step in steps:
            words = step(words)
        return _transcript(recording, words, language, model)

    return transcribe


def _load(model: str) -> WhisperModel:
    return WhisperModel(str(find(model)), device="cpu", compute_type="int8", cpu_threads=THREADS)


def _cut_at_silences(samples: Samples) -> Iterator[tuple[float, Samples]]:
    """Pieces with their start in seconds: neighbouring voiced stretches together while they fit."""
    options = VadOptions(min_silence_duration_ms=250, speech_pad_ms=150, max_speech_duration_s=LONGEST_PIECE)
    longest = round(LONGEST_PIECE * SAMPLE_RATE)
    begin = end = 0
    for stretch in get_speech_timestamps(samples, options):
        if end and stretch["end"] - begin > longest:
            yield begin / SAMPLE_RATE, samples[begin:end]
            end = 0
        begin, end = (begin if end else stretch["start"]), stretch["end"]
    if end:
        yield begin / SAMPLE_RATE, samples[begin:end]


def _words(segments: Iterable[Any], offset: float) -> Iterator[Word]:
    for segment in segments:
        parts: list[Any] = []
        for part in segment.words or ():
            if parts and not part.word.startswith(" "):  # "-paying", ",000": the rest of the word before
                parts[-1] = (parts[-1][0] + part.word, parts[-1][1], part.end, parts[-1][3])
            else:
                parts.append((part.word, part.start, part.end, part.probability))
        for text, start, end, probability in parts:
            if plain(text):
                kind = WordKind.FILLER_SOUND if is_hesitation(text) else WordKind.WORD
                yield Word(
                    text.strip(), offset + start, offset + max(start, end), float(np.clip(probability, 0, 1)), kind
                )


def _transcript(recording: Recording, words: tuple[Word, ...], language: str, model: str) -> Transcript:
    ordered = tuple(sorted(words, key=lambda word: word.start))
    return Transcript(ordered, (), (), recording.duration, language, model, "benchmark")
