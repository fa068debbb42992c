"""What a measure is, its input and its result; and the sources that several families share.

Everything about one measure is one `Measure`, in the file of its family next to the functions that
compute it; `registry` collects the families. How a report uses a measure follows from its fields,
so adding one touches only its family's file and the advice (content/data/advice.toml).

Letters in formulas: W spoken words without filler sounds, numbers as they are spoken; S their
syllables; T_resp seconds from the first to the last voiced moment; P silent pauses of 0.25 s or
more within it, from voice activity; T_speech = T_resp - sum(P); F_s filler sounds; F_w filler words
used as fillers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from analysis.finding import Band, Finding, Side, Source
from analysis.measures.fillers.discourse_markers import Phrase
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import QualityNote, Report
from speech.segment import Segment
from speech.transcript import Transcript

DEFINITION = Source("Definition", "The number follows from its name.", is_evidence=False)
PRACTICE = Source(
    "Common practice", "Speech coaches count it this way; nobody has studied it for interviews.", is_evidence=False
)
COACHING_ADVICE = Source(
    "Coaching advice", "A rule of thumb from interview coaching, not the result of a study.", is_evidence=False
)
NO_ACT_RANGE = (None, None)  # the watch range of a band whose source names no harm: it asks to watch and never to act
NO_WORDS_DETAIL = "We heard sounds but no words."


@dataclass(frozen=True)
class Measurement:
    """The value of one measure, a sentence about it (or why there is none), and the moments it comes from."""

    value: float | None
    detail: str
    interval: tuple[float, float] | None = None
    moments: tuple[Segment, ...] = ()


@dataclass(frozen=True)
class Sound:
    """What was measured from the recording itself; corrections of words do not change it."""

    name: str
    digest: str  # SHA-256 of the bytes the sound came as
    duration: float  # s
    quality: tuple[QualityNote, ...]
    pitch: Measurement  # its variation


@dataclass(frozen=True)
class Answer:
    """The input of every measure: one answer in which something was said."""

    sound: Sound
    transcript: Transcript  # words with their final kinds
    response: Segment  # first to last voiced moment, longer than 0 s
    question: AskedQuestion | None
    bands: Mapping[str, Band]  # by key of the measure; measures without one are information
    own_fillers: tuple[Phrase, ...] = ()  # counted wherever they are said

    @property
    def seconds(self) -> float:
        """T_resp, the length of the answer in seconds."""
        return self.response.duration


@dataclass(frozen=True)
class Goal:
    """A target for the next take, as a phrase and as the range that decides whether it was met."""

    text: str
    low: float | None = None
    high: float | None = None
    of_moments: bool = False  # the numbers are of moments heard; otherwise of the measure's value


# Takes the finding, the end of the band that it lies beyond, and the seconds of the answer.
SetGoal = Callable[[Finding, float, float], Goal]


@dataclass(frozen=True)
class Remedy:
    """What to do in the next take about a value outside its band."""

    set_goal: SetGoal  # near enough to be met, and never beyond the band that calls for it
    exercise: str  # one sentence in the imperative; {filler}, {low}, {high} and {aim} are filled in


class Theme(StrEnum):
    """The two qualities that the interview documents ask for; each groups measures and is never a score."""

    CONCISE = "concise"
    CALM = "calm"


class Display(StrEnum):
    """Places that show only a few selected measures."""

    CARDS = "cards"  # on top of a report
    TABLE = "table"  # of several recordings, on the command line
    MOCK_ANSWER = "mock_answer"  # the line about one answer of a mock interview
    MOCK_SUMMARY = "mock_summary"  # the sentences about a whole mock interview


@dataclass(frozen=True)
class Measure:
    """Everything about one measure: its definition, computation, band, wording and remedies."""

    key: str  # "speaking_rate"; stored, never changed
    label: str  # "Speaking rate"
    unit: str  # "words/min"
    definition: str  # one or two sentences for the user
    formula: str  # "60 W / T_resp"
    source: Source  # of the definition
    describe: Callable[[Answer], Measurement]  # compute the value and tell it in a sentence
    band: Band | None = None  # None: information, never judged
    band_by_kind: Mapping[QuestionKind, Band | None] = field(default_factory=dict, hash=False)  # instead of `band`
    decimals: int = 0  # how many are honest to show
    # The lower, the better it is shown that it changes how an answer is taken: filler sounds (tested at four rates),
    # pace (mock interviews), silence that loses the thread, then length and content (advice of guides), then the rest.
    priority: int | None = None  # no two alike; None: after all that have one
    theme: Theme | None = None
    kin: str | None = None  # of two measures with one word here, one is no strength beside the other as next step
    praise: str | None = None  # goes before the sentence of a value inside its band
    event: str | None = None  # what each of its moments is called, "filler sound"; without moments there is no praise
    if_below: Remedy | None = None
    if_above: Remedy | None = None
    # For a rate of counted events: how many a report holds, and of how much, so that their quotient is the value.
    count_events: Callable[[Report], tuple[int, float]] | None = None
    shown_in: Mapping[Display, int] = field(default_factory=dict, hash=False)  # its rank among those shown there

    def choose_band(self, kind: QuestionKind | None) -> Band | None:
        """Return the default band for answers to a kind of question; `kind` None: the question is not known."""
        return self.band if kind is None else self.band_by_kind.get(kind, self.band)

    def choose_remedy(self, side: Side | None) -> Remedy | None:
        """Return what to do about a value on that side of the band; None if there is no remedy for it."""
        return {Side.BELOW: self.if_below, Side.ABOVE: self.if_above}.get(side) if side else None


Family = tuple[Measure, ...]


def make_moment_counter(key: str) -> Callable[[Report], tuple[int, float]]:
    """Return a function that counts a measure's moments in a report and gives the minutes of the answer."""
    return lambda report: (len(report.get_finding(key).moments), compute_response_minutes(report))


def compute_response_minutes(report: Report) -> float:
    """Return T_resp in minutes; 0 when nothing was said."""
    return report.response.duration / 60 if report.response else 0.0
