"""Side-tracks: how long it takes to the speaker's own part, how much is background, the longest stretch without either.

Only where a question asks for a story or a project: other answers have no part of one's own to come to. What is an own
action, a result or a situation is heard by `structure.understanding`.
"""

from __future__ import annotations

from itertools import pairwise

from analysis.finding import Band, Finding
from analysis.measures.measure import (
    COACHING_ADVICE,
    NO_ACT_RANGE,
    Answer,
    Family,
    Goal,
    Measure,
    Measurement,
    Remedy,
    Theme,
)
from analysis.question import AskedQuestion
from analysis.structure.answer_elements import compute_time_shares
from analysis.structure.expected_structure import ExpectedStructure, calls_for_outcome, find_expected_structure
from analysis.structure.understanding import AnswerContent, Content, understand
from analysis.wording import format_seconds
from speech.segment import Segment
from speech.transcript import Transcript

NOT_CALLED_FOR = "This question doesn't ask for a story."
NO_OWN_PART = "We didn't find a moment where you say what you did yourself."
MAX_SECONDS_BEFORE = 30.0  # a quarter of the two minutes that guides give a story
MAX_SITUATION_SHARE = 0.5  # guides give the situation a fifth of a story; half of it is surely too much


def compute_time_before_own_part(transcript: Transcript, question: AskedQuestion | None) -> float | None:
    """Return the seconds from the first voice to the first action told with "I".

    None without such an action, and where the question asks for no story or project.
    """
    content = _understand_story(transcript, question)
    if content is None or not content.own_actions:
        return None
    return max(0.0, content.own_actions[0].start - transcript.voice[0].start)


def compute_situation_share(transcript: Transcript, question: AskedQuestion | None) -> float | None:
    """Return the share (0 to 1) of a story's time that its situation takes; None where there is no story."""
    if question is None or find_expected_structure(question) is not ExpectedStructure.STORY:
        return None
    shares = compute_time_shares(transcript.words)
    return shares[0] if shares else None


def find_longest_side_track(transcript: Transcript, question: AskedQuestion | None) -> Segment | None:
    """Return the longest stretch between the first and the last of own actions, results and lessons without any.

    None with fewer than two of them, and where the question asks for no story or project.
    """
    content = _understand_story(transcript, question)
    if content is None:
        return None
    marks = sorted({*content.own_actions, *content.spans(Content.RESULT), *content.spans(Content.LESSON)})
    gaps = [Segment(one.end, other.start) for one, other in pairwise(marks) if other.start > one.end]
    return max(gaps, key=lambda gap: gap.duration, default=None)


def _understand_story(transcript: Transcript, question: AskedQuestion | None) -> AnswerContent | None:
    if question is None or not calls_for_outcome(question):
        return None
    return understand(transcript.words, question)


def _describe_time_before_own_part(answer: Answer) -> Measurement:
    if answer.question is None or not calls_for_outcome(answer.question):
        return Measurement(None, NOT_CALLED_FOR)
    value = compute_time_before_own_part(answer.transcript, answer.question)
    if value is None:
        return Measurement(None, NO_OWN_PART)
    begin = answer.response.start
    detail = f"You got to what you did yourself after {format_seconds(value)}."
    return Measurement(value, detail, moments=(Segment(begin, begin + value),) if value else ())


def _describe_situation_share(answer: Answer) -> Measurement:
    value = compute_situation_share(answer.transcript, answer.question)
    if value is None:
        return Measurement(None, NOT_CALLED_FOR)
    spans = understand(answer.transcript.words, answer.question).spans(Content.SITUATION)
    return Measurement(value, f"About {100 * value:.0f} % of your story was background.", moments=spans)


def _describe_longest_side_track(answer: Answer) -> Measurement:
    if answer.question is None or not calls_for_outcome(answer.question):
        return Measurement(None, NOT_CALLED_FOR)
    found = find_longest_side_track(answer.transcript, answer.question)
    if found is None:
        return Measurement(None, "There was too little of your own part to look for side-tracks.")
    detail = f"The longest stretch without a step of yours or a result took {format_seconds(found.duration)}."
    return Measurement(found.duration, detail, moments=(found,))


def _ask_to_start_sooner(_finding: Finding, bound: float, _seconds: float) -> Goal:
    return Goal(f"what you did yourself within the first {format_seconds(bound)}", high=bound)


def _ask_for_less_background(_finding: Finding, bound: float, _seconds: float) -> Goal:
    return Goal(f"background in less than {100 * bound:.0f} % of the story", high=bound)


TIME_BEFORE_OWN_PART = Measure(
    "time_before_own_part",
    "Time before your part",
    "s",
    "How long you spoke before you said what you did yourself. Only for questions about your past and your projects.",
    "start of the first action with I - first voiced moment",
    COACHING_ADVICE,
    _describe_time_before_own_part,
    band=Band(fine=(None, MAX_SECONDS_BEFORE), watch=NO_ACT_RANGE, source=COACHING_ADVICE),
    priority=62,
    theme=Theme.CONCISE,
    kin="length",
    praise="You got to your own part quickly",
    if_above=Remedy(_ask_to_start_sooner, "Cut the background: get to what you did within {high:g} seconds."),
)
LONGEST_SIDE_TRACK = Measure(
    "longest_side_track",
    "Longest side-track",
    "s",
    "The longest stretch without a step of your own or a result. Only for questions about your past and your projects.",
    "max(gap between clauses with an own action, a result or a lesson)",
    COACHING_ADVICE,
    _describe_longest_side_track,
)
SIDE_TRACKS: Family = (
    TIME_BEFORE_OWN_PART,
    Measure(
        "situation_share",
        "Share of background",
        "share",
        "How much of your story was background, before and around what you did. Only for questions about your past.",
        "time of the situation / time of situation, task, action and result",
        COACHING_ADVICE,
        _describe_situation_share,
        band=Band(fine=(None, MAX_SITUATION_SHARE), watch=NO_ACT_RANGE, source=COACHING_ADVICE),
        priority=64,
        theme=Theme.CONCISE,
        kin="length",
        praise="You kept the background short",
        if_above=Remedy(_ask_for_less_background, "Cut the background to two sentences."),
    ),
    LONGEST_SIDE_TRACK,
)
