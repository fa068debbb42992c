"""Choose the two takeaways of a report: one strength, and one next step with a reachable target.

The next step is the first of these: a recording too poor for its numbers to mean much; the most
important measure to act on; the most important one to watch (analysis.feedback.priority); and, if
all measures are inside their bands, one small improvement. The strength is the most important
measure inside its band that is not about the same thing as the next step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.feedback.goals import set_goal
from analysis.feedback.priority import find_most_urgent, sort_by_priority
from analysis.finding import Finding, Side, Verdict
from analysis.measures.fillers.fillers import FILLER_SOUNDS, ask_for_one_filler_less
from analysis.measures.length import ANSWER_LENGTH
from analysis.measures.pace import SPEAKING_RATE
from analysis.measures.registry import MEASURES
from analysis.report import QualityNote, Takeaway
from analysis.wording import format_band

NOTHING_SAID = Takeaway(
    "nothing_said",
    "Nothing was said: no voice was heard in the recording, so there is nothing to measure. "
    "Check that the right microphone is chosen and not muted.",
    "a recording with at least one spoken sentence",
    Side.BELOW,
)

ALL_INSIDE_RANGE = "All that is judged lies inside its range."

_TARGETS_BY_QUALITY_NOTE: Mapping[
    str, str
] = {  # quality notes that make the numbers mean little, and the target they call for
    "damaged": "a recording that is whole",
    "quiet": "a recording without the note on its level",
    "noisy": "a recording without the note on its background",
    "guessed": "a recording without the note on guessed words",
    "little_speech": "an answer of at least 20 s",
}

_NOTES_WITHOUT_PRAISE = {"little_speech", "guessed"}  # from few words, or wrong ones, "inside the band" is luck


def choose_next_step(findings: Sequence[Finding], quality: Sequence[QualityNote], seconds: float) -> Takeaway:
    """Return the one thing to change in the next take; `seconds` is the length of the answer."""
    for note in quality:
        if note.key in _TARGETS_BY_QUALITY_NOTE:
            return Takeaway(note.key, note.text, _TARGETS_BY_QUALITY_NOTE[note.key])
    found = find_most_urgent(findings)
    if found is not None:
        return Takeaway(found.measure, _describe_concern(found), set_goal(found, seconds).text, found.side)
    return _suggest_small_gain({finding.measure: finding for finding in findings})


def choose_strength(findings: Sequence[Finding], after: Takeaway) -> Takeaway:
    """Return what went well, apart from the subject of the next step `after`."""
    if after.measure not in _NOTES_WITHOUT_PRAISE:
        for finding in sort_by_priority(findings):
            if finding.verdict is Verdict.FINE and not _is_kin(finding.measure, after.measure):
                return Takeaway(finding.measure, _describe_strength(finding), side=finding.side)
    length = next(finding for finding in findings if finding.measure == ANSWER_LENGTH.key)
    return Takeaway(length.measure, f"An answer is there to build on. {length.detail}")


def _suggest_small_gain(findings: Mapping[str, Finding]) -> Takeaway:
    fillers, rate = findings[FILLER_SOUNDS.key], findings[SPEAKING_RATE.key]
    if fillers.moments:
        return Takeaway(fillers.measure, f"{ALL_INSIDE_RANGE} {fillers.detail}", ask_for_one_filler_less(fillers).text)
    return Takeaway(rate.measure, f"{ALL_INSIDE_RANGE} {rate.detail}", "the same pace with another question", rate.side)


def _describe_concern(finding: Finding) -> str:
    if finding.band is None:
        return finding.detail
    return f"{finding.detail} The range is {format_band(finding.band, MEASURES[finding.measure])}."


def _describe_strength(finding: Finding) -> str:
    measure = MEASURES[finding.measure]
    if not measure.praise or (measure.event and not finding.moments):
        return finding.detail  # "no filler sounds heard" needs no "few" before it
    return f"{measure.praise}. {finding.detail}"


def _is_kin(one: str, other: str) -> bool:
    """Return whether two keys are of measures of the same thing, where praise and criticism would clash."""
    if one == other:
        return True
    kin = MEASURES[other].kin if other in MEASURES else None  # the other may be a note on the recording
    return kin is not None and kin == MEASURES[one].kin
