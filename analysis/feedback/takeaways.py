"""Choose the two takeaways of a report: one thing to keep, and one thing to do in the next take.

The next step is the first of these, as a coach would say it: a recording from which little can be told; what the
question calls for and was not said (`said`); an answer over its ceiling; what a listener notices most; an answer too
short to show anything; and if nothing is worth changing, something harder. What to keep is something that was said or
done in this answer; only where nothing was heard, something about the way it was said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from analysis.feedback.exercise import describe_instruction
from analysis.feedback.goals import NOTHING_TO_MEND, choose_shorter_seconds, describe_shorter, set_goal
from analysis.feedback.priority import find_most_urgent, is_worth_changing, sort_by_priority
from analysis.feedback.said import find_gap, list_praises
from analysis.finding import Finding, Side, Verdict
from analysis.measures.length import ANSWER_LENGTH, LEAST_SECONDS
from analysis.measures.registry import MEASURES
from analysis.measures.side_tracks import LONGEST_SIDE_TRACK, TIME_BEFORE_OWN_PART
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import QualityNote, Takeaway
from analysis.wording import format_seconds
from speech.transcript import Word

NO_VOICE_FOUND = Takeaway(
    "nothing_said",
    "We hear sound, but no voice. Speak up, or find a quieter place.",
    "a recording with at least one spoken sentence",
    Side.BELOW,
)
NOTHING_SAID = Takeaway(
    "nothing_said",
    "We couldn't hear any speech. Check your microphone and try again.",
    "a recording with at least one spoken sentence",
    Side.BELOW,
)

_LINES_BY_QUALITY_NOTE: Mapping[str, tuple[str, str]] = {  # notes that leave little to judge: what to do, and the goal
    "damaged": ("Record it once more: the file breaks off.", "a recording that is whole"),
    "other_language": ("Say all of it in English.", "an answer in English throughout"),
    "two_voices": ("Record your answers without the other voice.", "a recording with one voice"),
    "guessed": ("Record it once more, closer to the microphone.", "a recording without guessed words"),
    "little_speech": ("Say a little more: a few sentences.", "an answer of at least 20 seconds"),
}
_NOTES_WITHOUT_PRAISE = ("guessed", "little_speech", "two_voices")  # it would be luck, or somebody else's
_CUTS: Mapping[str, float] = {  # what may be cut, from which value on
    TIME_BEFORE_OWN_PART.key: 15,
    LONGEST_SIDE_TRACK.key: 10,
    "restarts": 2,
}
_SHORT_IS_FINE = (QuestionKind.SCREENING, QuestionKind.CLOSING)  # the best answer may be one sentence


def choose_next_step(
    findings: Sequence[Finding],
    quality: Sequence[QualityNote],
    seconds: float,
    words: Sequence[Word] = (),
    question: AskedQuestion | None = None,
) -> Takeaway:
    """Return the one thing to do in the next take.

    Args:
        findings: all that was measured.
        quality: notes on the recording, the worst first.
        seconds: the length of the answer.
        words: what was said, with kinds.
        question: what was answered; None: not known.
    """
    by_key = {finding.measure: finding for finding in findings}
    steps = _list_steps(by_key, quality, seconds, words, question)
    return next(steps, None) or _offer_more(by_key, seconds)


def choose_strength(
    findings: Sequence[Finding], after: Takeaway, words: Sequence[Word] = (), question: AskedQuestion | None = None
) -> Takeaway:
    """Return what went well, apart from the subject of the next step `after`."""
    is_unsure = after.measure in _NOTES_WITHOUT_PRAISE
    praises = () if is_unsure else list_praises(words, question, after.measure)
    if praises:
        found = praises[0]
        return Takeaway(found.key, found.line, moments=found.moments)
    for finding in () if is_unsure else sort_by_priority(findings):
        if finding.verdict is Verdict.FINE and _may_be_praised(finding, after):
            line = MEASURES[finding.measure].praise or finding.detail
            return Takeaway(finding.measure, f"{line}.", side=finding.side, detail=finding.detail)
    length = next(finding for finding in findings if finding.measure == ANSWER_LENGTH.key)
    return Takeaway(length.measure, "You have an answer to build on.", detail=length.detail)


def _list_steps(
    by_key: Mapping[str, Finding],
    quality: Sequence[QualityNote],
    seconds: float,
    words: Sequence[Word],
    question: AskedQuestion | None,
) -> Iterator[Takeaway]:
    for note in quality:
        if note.key in _LINES_BY_QUALITY_NOTE:
            line, goal = _LINES_BY_QUALITY_NOTE[note.key]
            yield Takeaway(note.key, line, goal, detail=note.text)
    length = by_key[ANSWER_LENGTH.key]
    gap = find_gap(words, question)
    if gap is not None:
        room = _mention_room(length) if length.band and length.side is not Side.ABOVE else ""
        yield Takeaway(gap.key, gap.line, gap.goal, Side.BELOW, gap.moments, room)
    if length.side is Side.ABOVE and is_worth_changing(length):
        yield _advise_to_cut(by_key, seconds)
    urgent = find_most_urgent(finding for key, finding in by_key.items() if key != ANSWER_LENGTH.key)
    if urgent is not None:
        yield _advise(urgent, seconds, words)
    if length.side is Side.BELOW and is_worth_changing(length):  # only by the user's own range
        yield _advise(length, seconds, words)
    elif question is not None and not _may_be_short(question) and seconds < LEAST_SECONDS:
        goal = f"an answer of at least {format_seconds(LEAST_SECONDS)}"
        yield Takeaway(length.measure, "Add one example that shows it.", goal, Side.BELOW, detail=length.detail)


def _may_be_short(question: AskedQuestion) -> bool:
    return question.is_follow_up or question.kind in _SHORT_IS_FINE


def _advise(finding: Finding, seconds: float, words: Sequence[Word]) -> Takeaway:
    goal = set_goal(finding, seconds)
    line = describe_instruction(finding, goal, words)
    return Takeaway(finding.measure, line, goal.text, finding.side, finding.moments, finding.detail)


def _advise_to_cut(by_key: Mapping[str, Finding], seconds: float) -> Takeaway:
    """Say what to cut: the time before the first own action, the longest side-track, the restarts."""
    length = by_key[ANSWER_LENGTH.key]
    goal = set_goal(length, seconds)
    line = describe_instruction(length, goal, ())
    cuts = [by_key[key] for key, least in _CUTS.items() if key in by_key and (by_key[key].value or 0) >= least]
    details = " ".join((*(f"{cut.detail}" for cut in cuts), length.detail))
    moments = tuple(moment for cut in cuts for moment in cut.moments)
    return Takeaway(length.measure, line, goal.text, Side.ABOVE, moments or length.moments, details)


def _offer_more(by_key: Mapping[str, Finding], seconds: float) -> Takeaway:
    """What to do where nothing is worth changing: the same in less time, or a harder question."""
    outcome = by_key.get("outcome")
    if outcome is not None and outcome.value == 1:
        return Takeaway(NOTHING_TO_MEND, "Nothing to fix. To make it stronger, name the number: how much, how many?")
    shorter = choose_shorter_seconds(seconds)
    if shorter is None:
        return Takeaway(NOTHING_TO_MEND, "Nothing to fix. Try a harder question next.")
    line = f"Nothing to fix. Try a harder question, or the same answer in {format_seconds(shorter)}."
    return Takeaway(NOTHING_TO_MEND, line, describe_shorter(shorter))


def _mention_room(length: Finding) -> str:
    """Say, as a mild note, that there is time for what is missing."""
    high = length.band.fine[1] if length.band else None
    if high is None or length.value is None or length.value > high / 2:
        return ""
    return f"You spoke for {format_seconds(length.value)}, so there's time for it."


def _may_be_praised(finding: Finding, after: Takeaway) -> bool:
    """Whether a value inside its band is worth a word: no fillers, for that is praise for what is not there."""
    measure = MEASURES[finding.measure]
    if measure.kin == "fillers" or not measure.praise:
        return False
    kin = MEASURES[after.measure].kin if after.measure in MEASURES else None
    return finding.measure != after.measure and (kin is None or kin != measure.kin)
