"""The score of one clip, all reference data against all output of a system; and how sure a figure over many is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from analysis.text.verbalize import verbalise_words
from speech.segment import Segment
from speech.transcript import Transcript, WordKind
from tests.benchmark import borders, wording
from tests.benchmark.clips import Clip, Truth
from tests.benchmark.matching import Hits, Pairing, count_only, pair
from tests.benchmark.systems.system import filler_sounds, pauses
from tests.benchmark.tokens import normalize_word, spoken_words

DRAWS = 1000  # of speakers
SHARE = 0.95
SEED = 1

Interval = tuple[float, float]


@dataclass(frozen=True)
class Score:
    """The score of one system on one clip; None where there is no reference."""

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
    speaker: str = ""
    traits: Mapping[str, str] = field(default_factory=dict)  # of the speaker


def score(clip: Clip, transcript: Transcript, cost: float, said: str = "") -> Score:
    """Compare a transcript with a clip's reference.

    Args:
        clip: The clip.
        transcript: Output of the system.
        cost: Processor time in s.
        said: Sentence shown to the user instead of a transcript, if any.
    """
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
        speaker=clip.speaker or clip.name,
        traits=clip.traits,
    )


def _fillers(truth: Truth, sounds: Sequence[Segment]) -> tuple[Hits | None, Pairing | None]:
    if truth.fillers is not None:
        pairing = pair(truth.fillers, sounds, truth.disputed)
        return pairing.hits, pairing
    if truth.filler_count is not None:
        return count_only(truth.filler_count, len(sounds)), None
    return None, None


def _words(truth: Truth, transcript: Transcript) -> tuple[str, ...]:
    spoken = [word for word in transcript.words if word.kind is not WordKind.FILLED_PAUSE]
    if truth.numbers_spoken:
        return spoken_words(said for form in verbalise_words(spoken) for said in form)
    return spoken_words(word.text for word in spoken)


def _filler_words(truth: Truth, transcript: Transcript) -> Hits | None:
    """Match filler words by text, so that "you know" is two and a "like" matches only a "like"."""
    heard = [
        (normalize_word(word.text), word.span) for word in transcript.words if word.kind is WordKind.DISCOURSE_MARKER
    ]
    texts = {text for text, _ in heard}
    if truth.filler_words is not None:
        true = truth.filler_words
        texts |= {text for text, _ in true}
        return sum((pair(_select_spans(text, true), _select_spans(text, heard)).hits for text in texts), Hits())
    if truth.filler_word_counts is not None:
        counts = truth.filler_word_counts
        return sum(
            (count_only(counts.get(text, 0), len(_select_spans(text, heard))) for text in texts | set(counts)), Hits()
        )
    return None


def _select_spans(text: str, words: Sequence[tuple[str, Segment]]) -> list[Segment]:
    return [span for other, span in words if other == text]


def bootstrap(scores: Sequence[Score], figure: Callable[[Sequence[Score]], float | None]) -> Interval | None:
    """Return the 95 % interval of a figure; None where the figure is not known or of one speaker alone.

    Speakers are drawn with replacement, all clips of one together, because errors of one person go together; the
    interval holds the middle 95 % of what the figure would then be.
    """
    known = [score for score in scores if figure([score]) is not None]  # the others change nothing
    by_speaker: dict[str, list[Score]] = defaultdict(list)
    for score in known:
        by_speaker[score.speaker].append(score)
    speakers = list(by_speaker.values())
    if len(speakers) < 2 or figure(scores) is None:
        return None
    random = np.random.default_rng(SEED)
    drawn = random.integers(len(speakers), size=(DRAWS, len(speakers)))
    values = [figure([score for place in row for score in speakers[place]]) for row in drawn]
    there = [value for value in values if value is not None]
    edge = 100 * (1 - SHARE) / 2
    low, high = np.percentile(there, [edge, 100 - edge])
    return float(low), float(high)
