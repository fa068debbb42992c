"""Plain faster-whisper and common tricks to make it keep um and uh."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.vad import VadOptions, get_speech_timestamps

from speech.asr.models import find_weights
from speech.audio.recording import SAMPLE_RATE, Recording, Samples
from speech.transcript import Transcript, Word, WordKind
from tests.benchmark.systems.system import Entry, System
from tests.benchmark.tokens import is_hesitation, normalize_word

THREADS = 2
HOTWORDS = "um, uh, er, hmm, like, you know"
# The example of OpenAI's speech-to-text guide.
PROMPT = "Umm, let me think like, hmm... Okay, here's what I'm, like, thinking."
MAX_PIECE_SECONDS = 15.0  # s
SAME_SOUND_SECONDS = 0.15  # s; fillers nearer than this are one sound heard twice
MIN_LOOP_LENGTH = 3  # as many equal fillers in a row are a loop

# What a model wrote with given options, by the recording's digest: two rows of the table share one decoding.
_DECODED: dict[tuple[str, tuple[tuple[str, Any], ...]], dict[str, tuple[tuple[Word, ...], str]]] = {}

Step = Callable[[tuple[Word, ...]], tuple[Word, ...]]


def load_default(model: str) -> System:
    """Load plain faster-whisper with word timestamps."""
    return _make_system(model, (), {})


def load_prompted(model: str) -> System:
    """Load faster-whisper with an `initial_prompt` full of fillers, as is usually advised."""
    return _make_system(model, (), {"initial_prompt": PROMPT})


def load_hotwords(model: str) -> System:
    """Load faster-whisper with fillers as hotwords in every window, and voice activity detection."""
    return _make_system(model, (), _EVERY_WINDOW)


def load_hotwords_without_runs(model: str) -> System:
    """Load the same, with runs of three equal fillers dropped."""
    return _make_system(model, (drop_runs,), _EVERY_WINDOW)


def load_pieces(model: str) -> System:
    """Load faster-whisper for chunks of at most 15 s, cut at silences.

    Each chunk gets the fillers as hotwords; doubled fillers are merged, loops dropped.
    """
    whisper = _load(model)

    def transcribe(recording: Recording) -> Transcript:
        words: list[Word] = []
        for start, samples in _cut_at_silences(recording.samples):
            segments, _ = whisper.transcribe(samples, language="en", word_timestamps=True, hotwords=HOTWORDS)
            words.extend(_read_words(segments, start))
        return _make_transcript(recording, drop_runs(merge_doubled(tuple(words))), "en", model)

    return transcribe


_EVERY_WINDOW = {"hotwords": HOTWORDS, "vad_filter": True, "condition_on_previous_text": False}

ENTRIES = (
    Entry("default", "faster-whisper, default", load_default),
    Entry("prompt", "with `initial_prompt`", load_prompted),
    Entry("hotwords", "`hotwords` in every window + voice activity", load_hotwords),
    Entry("hotwords-runs", "the same, runs of three equal fillers dropped", load_hotwords_without_runs),
    Entry("pieces", "pieces of at most 15 s + `hotwords`, doubles merged, loops dropped", load_pieces),
)


def drop_runs(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Drop every run of three or more equal fillers."""
    kept: list[Word] = []
    run: list[Word] = []
    for word in words:
        if run and word.kind is WordKind.FILLED_PAUSE and normalize_word(word.text) == normalize_word(run[0].text):
            run.append(word)
            continue
        kept.extend(run if len(run) < MIN_LOOP_LENGTH else ())
        run = [word] if word.kind is WordKind.FILLED_PAUSE else []
        kept.extend([] if run else [word])
    kept.extend(run if len(run) < MIN_LOOP_LENGTH else ())
    return tuple(kept)


def merge_doubled(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Merge neighbouring equal fillers without a pause between them."""
    kept: list[Word] = []
    for word in words:
        last = kept[-1] if kept else None
        if last and last.kind is word.kind is WordKind.FILLED_PAUSE and word.start - last.end < SAME_SOUND_SECONDS:
            kept[-1] = Word(last.text, last.start, word.end, last.probability, last.kind)
        else:
            kept.append(word)
    return tuple(kept)


def _make_system(model: str, steps: tuple[Step, ...], options: Mapping[str, Any]) -> System:
    whisper = _load(model)
    cache = _DECODED.setdefault((model, tuple(options.items())), {})

    def transcribe(recording: Recording) -> Transcript:
        if recording.digest not in cache:
            segments, info = whisper.transcribe(recording.samples, word_timestamps=True, **options)
            cache[recording.digest] = tuple(_read_words(segments, 0.0)), info.language
        words, language = cache[recording.digest]
        for step in steps:
            words = step(words)
        return _make_transcript(recording, words, language, model)

    return transcribe


def _load(model: str) -> WhisperModel:
    return WhisperModel(str(find_weights(model)), device="cpu", compute_type="int8", cpu_threads=THREADS)


def _cut_at_silences(samples: Samples) -> Iterator[tuple[float, Samples]]:
    """Yield chunks with their start in s: neighbouring speech segments joined up to the maximum length.

    Args:
        samples: Mono samples at 16 kHz.
    """
    options = VadOptions(min_silence_duration_ms=250, speech_pad_ms=150, max_speech_duration_s=MAX_PIECE_SECONDS)
    longest = round(MAX_PIECE_SECONDS * SAMPLE_RATE)
    begin = end = 0
    for stretch in get_speech_timestamps(samples, options):
        if end and stretch["end"] - begin > longest:
            yield begin / SAMPLE_RATE, samples[begin:end]
            end = 0
        begin, end = (begin if end else stretch["start"]), stretch["end"]
    if end:
        yield begin / SAMPLE_RATE, samples[begin:end]


def _read_words(segments: Iterable[Any], offset: float) -> Iterator[Word]:
    for segment in segments:
        parts: list[Any] = []
        for part in segment.words or ():
            if parts and not part.word.startswith(" "):  # "-paying", ",000": the rest of the word before
                parts[-1] = (parts[-1][0] + part.word, parts[-1][1], part.end, parts[-1][3])
            else:
                parts.append((part.word, part.start, part.end, part.probability))
        for text, start, end, probability in parts:
            if normalize_word(text):
                kind = WordKind.FILLED_PAUSE if is_hesitation(text) else WordKind.WORD
                yield Word(
                    text.strip(), offset + start, offset + max(start, end), float(np.clip(probability, 0, 1)), kind
                )


def _make_transcript(recording: Recording, words: tuple[Word, ...], language: str, model: str) -> Transcript:
    ordered = tuple(sorted(words, key=lambda word: word.start))
    return Transcript(ordered, (), (), recording.duration, language, model, "benchmark")
