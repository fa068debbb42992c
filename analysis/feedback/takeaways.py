"""The two things to take from a report: one strength, one next step with a target the next take can meet.

The next step is the first of: a recording so poor that its numbers mean little; the most important measure to act on;
the most important one to watch (analysis.feedback.priority); and when everything holds, one small thing to gain. The
strength is the most important measure inside its band that is not kin to the next step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.feedback.goals import one_less, target
from analysis.feedback.priority import by_importance, first_to_work_on
from analysis.finding import Finding, Side, Verdict
from analysis.measures.registry import MEASURES
from analysis.report import QualityNote, Takeaway
from analysis.wording import band_range

NOTHING_SAID = Takeaway(
    "nothing_said",
    "Nothing was said: no voice was heard in the recording, so there is nothing to measure. "
    "Check that the right microphone is chosen and not muted.",
    "a recording with at least one spoken sentence",
    Side.BELOW,
)

ALL_INSIDE = "All that is judged lies inside its range."

_SPOILT: Mapping[str, str] = {  # quality notes that make the numbers mean little, and the target they call for
    "damaged": "a recording that is whole",
    "quiet": "a recording without the note on its level",
    "noisy": "a recording without the note on its background",
    "guessed": "a recording without the note on guessed words",
    "little_speech": "an answer of at least 20 s",
}

_NOT_TO_PRAISE = {"little_speech", "guessed"}  # from few words, or wrong ones, "inside the band" is luck

_LEADS: Mapping[str, str] = {
    "filler_sounds": "Few sounds of hesitation",
    "speaking_rate": "A pace that is easy to follow",
    "longest_pause": "No silence that loses the thread",
    "answer_length": "A fitting length",
    "outcome": "The answer says what came of it",
    "time_to_the_point": "The point comes early",
    "filler_words": "Few filler words",
    "pause_placement": "Pauses fall where listeners expect them",
    "steady_pace": "A steady pace",
    "filler_cluster": "No clusters of fillers",
    "filler_density": "Little besides content",
    "time_to_first_word": "A prompt start",
}
_COUNTED = {"filler_sounds", "filler_words", "filler_density", "filler_cluster"}
_KIN = (  # measures that tell of the same thing: one as strength beside another as next step would contradict
    {"filler_sounds", "filler_words", "filler_density", "filler_cluster"},
    {"speaking_rate", "steady_pace"},
    {"answer_length", "time_to_the_point"},
    {"longest_pause", "pause_placement"},
)


def next_step(findings: Sequence[Finding], quality: Sequence[QualityNote], seconds: float) -> Takeaway:
    """The one thing to change in the next take; `seconds` is the length of the answer."""
    for note in quality:
        if note.key in _SPOILT:
            return Takeaway(note.key, note.text, _SPOILT[note.key])
    found = first_to_work_on(findings)
    if found is not None:
        return Takeaway(found.measure, _concern(found), target(found, seconds), found.side)
    return _small_gain({finding.measure: finding for finding in findings})


def strength(findings: Sequence[Finding], after: Takeaway) -> Takeaway:
    """What went well, apart from what the next step `after` is about."""
    if after.measure not in _NOT_TO_PRAISE:
        for finding in by_importance(findings):
            if finding.verdict is Verdict.FINE and not _kin(finding.measure, after.measure):
                return Takeaway(finding.measure, _praise(finding), side=finding.side)
    length = next(finding for finding in findings if finding.measure == "answer_length")
    return Takeaway("answer_length", f"An answer is there to build on. {length.detail}")


def _small_gain(findings: Mapping[str, Finding]) -> Takeaway:
    fillers = findings["filler_sounds"]
    if fillers.moments:
        return Takeaway("filler_sounds", f"{ALL_INSIDE} {fillers.detail}", one_less(fillers).text)
    rate = findings["speaking_rate"]
    return Takeaway("speaking_rate", f"{ALL_INSIDE} {rate.detail}", "the same pace with another question", rate.side)


def _concern(finding: Finding) -> str:
    if finding.band is None:
        return finding.detail
    return f"{finding.detail} The range is {band_range(finding.band, MEASURES[finding.measure])}."


def _praise(finding: Finding) -> str:
    lead = _LEADS.get(finding.measure)
    if not lead or (finding.measure in _COUNTED and not finding.moments):
        return finding.detail  # "no filler sounds heard" needs no "few" before it
    return f"{lead}. {finding.detail}"


def _kin(one: str, other: str) -> bool:
    return one == other or any(one in family and other in family for family in _KIN)
