"""The ground truth of a sample, known by construction: words, pauses and the numbers derived from them.

Times are seconds from the start of the recording. Letters in docstrings are those of the measures:
W is the number of spoken words without filler sounds, T_resp the time from the first to the last
voiced moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from speech.segment import Segment
from speech.transcript import WordKind

MIN_PAUSE_SECONDS = 0.25  # s; shorter silences belong to the rhythm of words and are not pauses


class TimeAccuracy(StrEnum):
    """How accurate the times of a word are."""

    EXACT = "exact"  # to 10 ms: the word was spoken alone and joined at these moments
    APPROXIMATE = "approximate"  # to about 50 ms: the voice's own phoneme lengths inside an uninterrupted piece


@dataclass(frozen=True)
class TruthWord:
    """One word as it was spoken: numbers in spoken form, with the punctuation of the text."""

    text: str
    start: float  # s
    end: float  # s
    kind: WordKind
    times: TimeAccuracy

    @property
    def span(self) -> Segment:
        """When the word was said."""
        return Segment(self.start, self.end)


@dataclass(frozen=True)
class Counts:
    """How often each event happens; a phrase such as "you know" is one filler word."""

    filler_sounds: int
    filler_words: int
    repetitions: int  # stretches said again at once or given up, "I I" and "the pro- the project" alike


@dataclass(frozen=True)
class Truth:
    """All that is known of one sample. Pauses are silences of at least 0.25 s within `response`."""

    name: str
    title: str
    question: str  # id of the question it answers
    voice: str  # "am_michael"
    speed: float  # of the voice, 1 is its own pace
    duration: float  # s, whole recording
    response: Segment  # first to last voiced moment
    words: tuple[TruthWord, ...]
    pauses: tuple[Segment, ...]
    counts: Counts

    @property
    def text(self) -> str:
        """All that was said, including filler sounds."""
        return " ".join(word.text for word in self.words)

    @property
    def spoken_words(self) -> int:
        """W: number of words in spoken form, without filler sounds."""
        return sum(word.kind is not WordKind.FILLED_PAUSE for word in self.words)

    @property
    def speaking_rate(self) -> float:
        """60 W / T_resp, in words per minute."""
        return 60 * self.spoken_words / self.response.duration

    @property
    def filler_sounds(self) -> tuple[TruthWord, ...]:
        """Every um, uh and er, in time order."""
        return tuple(word for word in self.words if word.kind is WordKind.FILLED_PAUSE)

    def to_dict(self) -> dict[str, Any]:
        """Return the truth for its JSON file, including the numbers that are derived from it."""
        return {
            "name": self.name,
            "title": self.title,
            "question": self.question,
            "voice": self.voice,
            "speed": self.speed,
            "duration": self.duration,
            "response": asdict(self.response),
            "spoken_words": self.spoken_words,
            "speaking_rate": round(self.speaking_rate, 2),
            "counts": asdict(self.counts),
            "text": self.text,
            "pauses": [asdict(pause) for pause in self.pauses],
            "words": [
                {
                    "w": word.text,
                    "start": word.start,
                    "end": word.end,
                    "kind": word.kind.value,
                    "times": word.times.value,
                }
                for word in self.words
            ],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Truth:
        """Read what `to_dict` returned.

        Raises:
            KeyError: A field is missing.
            ValueError: A value is impossible.
        """
        return cls(
            name=data["name"],
            title=data["title"],
            question=data["question"],
            voice=data["voice"],
            speed=data["speed"],
            duration=data["duration"],
            response=Segment(**data["response"]),
            words=tuple(
                TruthWord(word["w"], word["start"], word["end"], WordKind(word["kind"]), TimeAccuracy(word["times"]))
                for word in data["words"]
            ),
            pauses=tuple(Segment(**pause) for pause in data["pauses"]),
            counts=Counts(**data["counts"]),
        )
