"""Clips with reference data: the real-speech set beside the checkout, and the project's samples."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from samples import load as load_samples
from speech.audio.recording import SOUND_FILE_SUFFIXES, Recording, from_file
from speech.segment import Segment
from speech.transcript import WordKind
from tests.benchmark.own_truth import (
    PEOPLE_FILE,
    TRUTH_SUFFIXES,
    OwnTruth,
    read_chat,
    read_people,
    read_textgrid,
    time_fillers,
)
from tests.benchmark.tokens import is_hesitation, normalize_word, spoken_words
from tools.scorer_training.clips import find_speaker

CHECKOUT = Path(__file__).resolve().parents[2]
REAL_SPEECH = CHECKOUT.parent / "shared" / "realspeech"

# Groups of the real-speech set by the first letter of a clip's name; the samples are a group of their own.
SAMPLE_GROUP = "samples"
OWN_GROUP = "own"  # clips of any other folder
# Who speaks the clips of the real-speech set, as their descriptions say.
KNOWN_PEOPLE = Path(__file__).parent / PEOPLE_FILE
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
    group: str  # g, m, s, r, p, n, z, x, samples or own
    sound: Path
    truth: Truth
    change: Callable[[Recording], Recording] | None = None  # what is done to the sound before it is heard
    speaker: str = ""  # by whom all clips are drawn together; empty: nobody else's
    traits: Mapping[str, str] = field(default_factory=dict)  # of the speaker: gender, accent

    def recording(self) -> Recording:
        """Return the recording that the systems are given."""
        recording = from_file(self.sound)
        return self.change(recording) if self.change else recording


def real_speech(folder: Path) -> Iterator[Clip]:
    """Yield the clips of a folder, in the order of their names.

    Args:
        folder: Sounds, each beside a truth of the same name: JSON, a TextGrid or a CHAT transcript. JSON with a `kind`
            is laid out like `realspeech`, with the group as the first letter of the name; see `own_truth` for the
            others.
    """
    people = read_people(KNOWN_PEOPLE) | read_people(folder / PEOPLE_FILE)
    for path in sorted(folder.iterdir()):
        sound = _find_sound(path) if path.suffix in TRUTH_SUFFIXES else None
        if sound is not None:
            yield _add_person(_read_clip(path, sound), people.get(path.stem, {}))


def _find_sound(path: Path) -> Path | None:
    found = (path.with_suffix(suffix) for suffix in (".flac", ".wav", *SOUND_FILE_SUFFIXES))
    return next((sound for sound in found if sound.is_file()), None)


def _read_clip(path: Path, sound: Path) -> Clip:
    if path.suffix == ".json":
        data = json.loads(path.read_text("utf-8"))
        group = path.stem[0] if "kind" in data else OWN_GROUP
        traits = {name: data[name] for name in ("gender", "accent") if name in data}
        speaker = data.get("speaker") or (find_speaker(path.stem) if "kind" in data else path.stem)
        return Clip(path.stem, group, sound, _real_truth(data), speaker=speaker, traits=traits)
    own = read_chat(path) if path.suffix == ".cha" else read_textgrid(path)
    return Clip(path.stem, OWN_GROUP, sound, _from_own(own), speaker=own.speaker or path.stem, traits=own.traits)


def _add_person(clip: Clip, known: Mapping[str, str]) -> Clip:
    traits = {name: value for name, value in known.items() if name != "speaker"}
    return replace(clip, speaker=known.get("speaker", clip.speaker), traits={**clip.traits, **traits})


def _from_own(own: OwnTruth) -> Truth:
    fillers = time_fillers(own)
    return Truth(
        fillers=fillers,
        filler_count=None if fillers is not None else sum(is_hesitation(word) for word, _ in own.words),
        disputed=own.disputed,
        words=spoken_words(word for word, _ in own.words),
        pauses=own.pauses,
        filler_words=None
        if own.filler_words is None
        else tuple((normalize_word(word), span) for word, span in own.filler_words),
        has_speech=bool(own.words),
    )


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
            speaker=sample.truth.voice,
        )


def _real_truth(data: Mapping[str, Any]) -> Truth:
    kind, words = data.get("kind", "spontaneous"), data.get("words")
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
        pauses=_spans(data["human_pauses"])
        if "human_pauses" in data and (kind == "pauses" or "kind" not in data)
        else None,
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
