"""Clips with reference data: the real-speech set beside the checkout, and the project's samples."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samples import load as load_samples
from speech.audio.recording import Recording, from_file
from speech.segment import Segment
from speech.transcript import WordKind
from tests.benchmark.tokens import is_hesitation, normalize_word, spoken_words

CHECKOUT = Path(__file__).resolve().parents[2]
REAL_SPEECH = CHECKOUT.parent / "shared" / "realspeech"

# Groups of the real-speech set by the first letter of a clip's name; the samples are a group of their own.
SAMPLE_GROUP = "samples"
SILENT_KINDS = {"silence", "music", "noise"}  # "noise" with speech in it carries an approximate transcript
NO_FILLER_KINDS = SILENT_KINDS | {"read"}


@dataclass(frozen=True)
class Truth:
    """Reference data of a clip; None where it is unknown."""

    fillers: tuple[Segment, ...] | None = None  # timed hesitation sounds
    filler_count: int | None = None  # where only their number is known
    disputed: tuple[Segment, ...] = ()  # hesitations that count neither way
    words: tuple[str, ...] | None = None  # plain form, without hesitations
    pauses: tuple[Segment, ...] | None = None  # silent, between the first and the last voiced moment
    filler_words: tuple[tuple[str, Segment], ...] | None = (
        None  # like, you, know ... in filler use, each word in plain form
    )
    filler_word_counts: Mapping[str, int] | None = None  # where only their number is known, judged from the text
    numbers_spoken: bool = False  # the words have numbers as they are said, not as they are written
    is_rough: bool = False  # the words are an approximate transcript: no basis for a count
    has_speech: bool = True
    language: str = "en"


@dataclass(frozen=True)
class Clip:
    """One sound file with its reference data."""

    name: str
    group: str  # g, m, s, r, p, n, z, x or samples
    sound: Path
    truth: Truth
    change: Callable[[Recording], Recording] | None = None  # what is done to the sound before it is heard

    def recording(self) -> Recording:
        """Return the recording that the systems are given."""
        recording = from_file(self.sound)
        return self.change(recording) if self.change else recording


def real_speech(folder: Path) -> Iterator[Clip]:
    """Yield the clips of a folder.

    Args:
        folder: Laid out like `realspeech`: NAME.json beside NAME.flac, with the group as the first
            letter.
    """
    for path in sorted(folder.glob("*.json")):
        sound = path.with_suffix(".flac")
        if sound.is_file():
            yield Clip(path.stem, path.stem[0], sound, _real_truth(json.loads(path.read_text("utf-8"))))


def samples() -> Iterator[Clip]:
    """Yield the project's synthetic answers, whose reference is exact."""
    for sample in load_samples():
        words = sample.truth.words
        yield Clip(
            sample.name,
            SAMPLE_GROUP,
            sample.path,
            Truth(
                fillers=tuple(word.span for word in words if word.kind is WordKind.FILLED_PAUSE),
                words=spoken_words(word.text for word in words if word.kind is not WordKind.FILLED_PAUSE),
                pauses=sample.truth.pauses,
                filler_words=tuple(
                    (normalize_word(word.text), word.span) for word in words if word.kind is WordKind.DISCOURSE_MARKER
                ),
                numbers_spoken=True,
            ),
        )


def _real_truth(data: Mapping[str, Any]) -> Truth:
    kind, words = data["kind"], data.get("words")
    rough = data.get("approx_transcript") or data.get("approx_transcript_cleaned_ai")
    text = data.get("transcript") or rough
    fillers = _timed_fillers(words) if words else () if kind in NO_FILLER_KINDS else None
    has_speech = kind not in SILENT_KINDS or bool(text)
    disputed = _spans([entry["start"], entry["end"]] for entry in data.get("uncertain_fillers", ()))
    if not has_speech:  # a voice in a clip without words can only be a hum
        disputed += _spans(data.get("human_speech_segments") or ())
    counts = data.get("filler_counts")
    return Truth(
        fillers=fillers,
        filler_count=sum(counts.values()) if fillers is None and counts is not None else None,
        disputed=disputed,
        words=spoken_words(word["w"] for word in words) if words else spoken_words(text.split()) if text else None,
        pauses=_spans(data["human_pauses"]) if kind == "pauses" else None,
        filler_word_counts=_count_by_word(data.get("discourse_fillers_judged_from_text")),
        is_rough=bool(rough),
        has_speech=has_speech,
        language=data.get("language", "en"),
    )


def _count_by_word(phrases: Mapping[str, int] | None) -> Mapping[str, int] | None:
    """Convert counts of phrases ("you know": 2) to counts of their words."""
    if phrases is None:
        return None
    counts: Counter[str] = Counter()
    for phrase, count in phrases.items():
        counts.update({normalize_word(word): count for word in phrase.split()})
    return counts


def _timed_fillers(words: list[dict[str, Any]]) -> tuple[Segment, ...]:
    return tuple(Segment(word["start"], word["end"]) for word in words if is_hesitation(word["w"]))


def _spans(pairs: Any) -> tuple[Segment, ...]:
    return tuple(Segment(start, end) for start, end in pairs)
