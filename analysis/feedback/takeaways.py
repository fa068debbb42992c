"""The two things to take from a report: one strength, one next step with a target the next take can meet.

The next step is the first of: a recording so poor that its numbers mean little; the most important measure to act on;
the most important one to watch (analysis.feedback.priority); and when everything holds, one small thing to gain. The
strength is the most important measure inside its band that is not kin to the next step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.feedback.goals import set_goal
from analysis.feedback.priority import by_importance, first_to_work_on
from analysis.finding import Finding, Side, Verdict
from analysis.measures.fillers.fillers import FILLER_SOUNDS, one_filler_less
from analysis.measures.length import ANSWER_LENGTH
from analysis.measures.pace import SPEAKING_RATE
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


def next_step(findings: Sequence[Finding], quality: Sequence[QualityNote], seconds: float) -> Takeaway:
    """Return the one thing to change in the next take; `seconds` is the length of the answer."""
    for note in quality:
        if note.key in _SPOILT:
            return Takeaway(note.key, note.text, _SPOILT[note.key])
    found = first_to_work_on(findings)
    if found is not None:
        return Takeaway(found.measure, _concern(found), set_goal(found, seconds).text, found.side)
    return _small_gain({finding.measure: finding for finding in findings})


def strength(findings: Sequence[Finding], after: Takeaway) -> Takeaway:
    """Return what went well, apart from what the next step `after` is about."""
    if after.measure not in _NOT_TO_PRAISE:
        for finding in by_importance(findings):
            if finding.verdict is Verdict.FINE and not _are_kin(finding.measure, after.measure):
                return Takeaway(finding.measure, _praise(finding), side=finding.side)
    length = next(finding for finding in findings if finding.measure == ANSWER_LENGTH.key)
    return Takeaway(length.measure, f"An answer is there to build on. {length.detail}")


def _small_gain(findings: Mapping[str, Finding]) -> Takeaway:
    fillers, rate = findings[FILLER_SOUNDS.key], findings[SPEAKING_RATE.key]
    if fillers.moments:
        return Takeaway(fillers.measure, f"{ALL_INSIDE} {fillers.detail}", one_filler_less(fillers).text)
    return Takeaway(rate.measure, f"{ALL_INSIDE} {rate.detail}", "the same pace with another question", rate.side)


def _concern(finding: Finding) -> str:
    if finding.band is None:
        return finding.detail
    return f"{finding.detail} The range is {band_range(finding.band, MEASURES[finding.measure])}."


def _praise(finding: Finding) -> str:
    measure = MEASURES[finding.measure]
    if not measure.praise or (measure.event and not finding.moments):
        return finding.detail  # "no filler sounds heard" needs no "few" before it
    return f"{measure.praise}. {finding.detail}"


def _are_kin(one: str, other: str) -> bool:
    """Return whether two keys are of measures that tell of the same thing, so that praise and blame would clash."""
    if one == other:
        return True
    kin = MEASURES[other].kin if other in MEASURES else None  # the other may be a note on the recording
    return kin is not None and kin == MEASURES[one].kin
