"""What is true of a sample, because it was made so: words, pauses and the numbers that follow from them.

Conventions: seconds from the start of the recording; the letters in the docstrings are those of the measures (W spoken
words without filler sounds, T_resp from the first to the last voiced moment).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from speech.segment import Span
from speech.transcript import WordKind

SHORTEST_PAUSE = 0.25  # s; shorter silences belong to the rhythm of words and are not pauses


class Times(StrEnum):
    """How far the times of a word can be trusted."""

    EXACT = "exact"  # to 10 ms: the word was spoken alone and joined at these moments
    APPROXIMATE = "approximate"  # to about 50 ms: the voice's own phoneme lengths inside an uninterrupted piece


@dataclass(frozen=True)
class TruthWord:
    """One word as it was spoken, numbers in spoken form, with the punctuation of the text."""

    text: str
    start: float  # s
    end: float  # s
    kind: WordKind
    times: Times

    @property
    def span(self) -> Span:
        """When the word was said."""
        return Span(self.start, self.end)


@dataclass(frozen=True)
class Counts:
    """How often each thing happens; a phrase such as "you know" is one filler word."""

    filler_sounds: int
    filler_words: int
    repetitions: int  # stretches said again at once or given up, "I I" and "the pro- the project" alike


@dataclass(frozen=True)
class Truth:
    """Everything that is known of one sample. Pauses are the silences of 0.25 s and more inside `response`."""

    name: str
    title: str
    question: str  # id of the question it answers
    voice: str  # "am_michael"
    speed: float  # of the voice, 1 is its own pace
    duration: float  # s, whole recording
    response: Span  # first to last voiced moment
    words: tuple[TruthWord, ...]
    pauses: tuple[Span, ...]
    counts: Counts

    @property
    def text(self) -> str:
        """All that was said, filler sounds included."""
        return " ".join(word.text for word in self.words)

    @property
    def spoken_words(self) -> int:
        """W: words in spoken form without filler sounds."""
        return sum(word.kind is not WordKind.FILLER_SOUND for word in self.words)

    @property
    def speaking_rate(self) -> float:
        """60 W / T_resp, in words a minute."""
        return 60 * self.spoken_words / self.response.duration

    @property
    def filler_sounds(self) -> tuple[TruthWord, ...]:
        """Every um, uh and er, in time order."""
        return tuple(word for word in self.words if word.kind is WordKind.FILLER_SOUND)

    def to_dict(self) -> dict[str, Any]:
        """The truth as it is written to JSON, with the numbers that follow from it, for readers of the file."""
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
        """Read what `to_dict` wrote; raises KeyError or ValueError when something is missing or impossible."""
        return cls(
            name=data["name"],
            title=data["title"],
            question=data["question"],
            voice=data["voice"],
            speed=data["speed"],
            duration=data["duration"],
            response=Span(**data["response"]),
            words=tuple(
                TruthWord(word["w"], word["start"], word["end"], WordKind(word["kind"]), Times(word["times"]))
                for word in data["words"]
            ),
            pauses=tuple(Span(**pause) for pause in data["pauses"]),
            counts=Counts(**data["counts"]),
        )
