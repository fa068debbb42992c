"""One clip's score: everything that is known of it against everything a system says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.text.verbalize import spoken_forms
from speech.segment import Span
from speech.transcript import Transcript, WordKind
from tests.benchmark import borders, wording
from tests.benchmark.clips import Clip, Truth
from tests.benchmark.matching import Hits, Pairing, count_only, pair
from tests.benchmark.systems import filler_sounds, pauses
from tests.benchmark.tokens import plain, spoken_words


@dataclass(frozen=True)
class Score:
    """What one system did on one clip; None where the truth is not known."""

    clip: str
    group: str
    seconds: float  # length of the clip
    cost: float  # s of processor time; near 0 where two systems share a decoding
    heard_words: int  # without filler sounds
    heard_fillers: int
    fillers: Hits | None
    filler_pairing: Pairing | None  # by place in time order; None where only counts are known
    words: wording.Wording | None
    is_rough: bool
    pauses: borders.Borders | None
    filler_words: Hits | None
    invented: int | None  # words and filler sounds where nobody spoke
    language: str | None
    said: str = ""  # what the system told the user instead of a transcript


def score(clip: Clip, transcript: Transcript, cost: float, said: str = "") -> Score:
    """Compare a transcript with a clip's truth; `cost` in seconds of processor time."""
    truth = clip.truth
    sounds = filler_sounds(transcript)
    words = _words(truth, transcript)
    hits, pairing = _fillers(truth, sounds)
    return Score(
        clip=clip.name,
        group=clip.group,
        seconds=transcript.duration,
        cost=cost,
        heard_words=len(words),
        heard_fillers=len(sounds),
        fillers=hits,
        filler_pairing=pairing,
        words=None if truth.words is None else wording.compare(truth.words, words),
        is_rough=truth.is_rough,
        pauses=None if truth.pauses is None else borders.compare(truth.pauses, pauses(transcript)),
        filler_words=_filler_words(truth, transcript),
        invented=None if truth.has_speech else len(words) + len(sounds),
        language=transcript.language,
        said=said,
    )


def _fillers(truth: Truth, sounds: Sequence[Span]) -> tuple[Hits | None, Pairing | None]:
    if truth.fillers is not None:
        pairing = pair(truth.fillers, sounds, truth.disputed)
        return pairing.hits, pairing
    if truth.filler_count is not None:
        return count_only(truth.filler_count, len(sounds)), None
    return None, None


def _words(truth: Truth, transcript: Transcript) -> tuple[str, ...]:
    spoken = [word for word in transcript.words if word.kind is not WordKind.FILLER_SOUND]
    if truth.numbers_spoken:
        return spoken_words(said for form in spoken_forms(spoken) for said in form)
    return spoken_words(word.text for word in spoken)


def _filler_words(truth: Truth, transcript: Transcript) -> Hits | None:
    """Word by word, so that "you know" is two; a "like" is only ever found by a "like"."""
    heard = [(plain(word.text), word.span) for word in transcript.words if word.kind is WordKind.FILLER_WORD]
    texts = {text for text, _ in heard}
    if truth.filler_words is not None:
        true = truth.filler_words
        texts |= {text for text, _ in true}
        return sum((pair(_at(text, true), _at(text, heard)).hits for text in texts), Hits())
    if truth.filler_word_counts is not None:
        counts = truth.filler_word_counts
        return sum((count_only(counts.get(text, 0), len(_at(text, heard))) for text in texts | set(counts)), Hits())
    return None


def _at(text: str, words: Sequence[tuple[str, Span]]) -> list[Span]:
    return [span for other, span in words if other == text]
