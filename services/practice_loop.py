"""Practise in a loop: guess before the numbers, plan the next take, say it again in less time, drill the ums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from analysis.feedback.goals import choose_shorter_seconds, limit_shorter
from analysis.feedback.said import KEYS
from analysis.finding import Side
from analysis.report import Report
from interview.questions.practice_loop import (
    IfThenPlan,
    PaceGuess,
    TakePractice,
    UmsGuess,
    make_if_then_id,
    make_take_practice_id,
)
from interview.validation import to_one_line
from speech.segment import Segment
from store.store import Store

CLIP_SECONDS = 30.0
MIN_UMS_TO_DRILL = 3
HEARD_FIRST = 3  # ums that are listened to before the clip
TOO_EARLY, TOO_LATE = 0.3, 1.5  # s around an um in which pressing the key counts as noticing it
_UMS: dict[UmsGuess, tuple[int, int | None]] = {
    UmsGuess.NONE: (0, 0),
    UmsGuess.FEW: (1, 2),
    UmsGuess.SOME: (3, 5),
    UmsGuess.MANY: (6, 10),
    UmsGuess.MORE: (11, None),
}
_PACE = {Side.BELOW: PaceGuess.SLOW, Side.INSIDE: PaceGuess.RIGHT, Side.ABOVE: PaceGuess.FAST}
_PLANS: dict[tuple[str, Side | None], str] = {
    ("filler_sounds", Side.ABOVE): "If I notice an um coming, I close my mouth and breathe.",
    ("filler_words", Side.ABOVE): "If I notice a filler word coming, I stop and let it be quiet for a moment.",
    ("speaking_rate", Side.ABOVE): "If I notice I'm rushing, I finish the sentence and take a breath.",
    ("speaking_rate", Side.BELOW): "If I stop in the middle of a sentence, I carry on as if I were telling a friend.",
    ("longest_pause", Side.ABOVE): "If I lose the thread, I say my last point again and go on from there.",
    ("answer_length", Side.ABOVE): "If I've said how it turned out, I stop.",
    ("answer_length", Side.BELOW): "If I come to the end, I add one example.",
    ("restarts", Side.ABOVE): "If I stumble, I pause and say the sentence once from its beginning.",
    ("pitch_variation", Side.BELOW): "If a word matters, I let my voice go up on it.",
}
_PLAN = "If the question is asked, I breathe out once before I start."


def load_take_practice(store: Store, attempt_id: str) -> TakePractice:
    """Return what belongs to practising a take, with nothing in it where nothing was stored; raises StoreError."""
    return _find_practice(store, attempt_id) or TakePractice(make_take_practice_id(attempt_id), attempt_id)


def save_take_practice(store: Store, attempt_id: str, **changes: Any) -> TakePractice:
    """Change and store what belongs to practising a take; raises EntryError or StoreError."""
    known = _find_practice(store, attempt_id)
    changed = replace(known or TakePractice(make_take_practice_id(attempt_id), attempt_id), **changes)
    if changed != known:
        store.save(changed, expected=known)
    return changed


def is_right_number(guess: UmsGuess, ums: int) -> bool:
    """Return whether a number of ums is what was guessed."""
    low, high = _UMS[guess]
    return ums >= low and (high is None or ums <= high)


def find_pace(report: Report) -> PaceGuess | None:
    """Return whether an answer was slow, right or fast; None where its pace is not judged."""
    side = report.get_finding("speaking_rate").side
    return None if side is None else _PACE[side]


def find_plan(store: Store, question_id: str) -> IfThenPlan | None:
    """Return the plan for the next take of a question; None if there is none. Raises StoreError."""
    wanted = make_if_then_id(question_id)
    return next((plan for plan in store.load_documents(IfThenPlan) if plan.id == wanted), None)


def suggest_plan(report: Report) -> str:
    """Return an if-then plan for the next step of a report, to be changed as one likes."""
    step = report.next_step
    if step is None:
        return _PLAN
    if (step.measure, step.side) in _PLANS:
        return _PLANS[step.measure, step.side]
    if step.measure not in KEYS:  # no part of the answer that was not said
        return _PLAN
    said = step.text.rstrip(".!")
    return f"If I come to the end, I {said[0].lower()}{said[1:]}."


def save_plan(
    store: Store, question_id: str, text: str, now: datetime, seen: IfThenPlan | None, spoken: str | None = None
) -> IfThenPlan:
    """Store the plan for a question in the place of the one before.

    Args:
        store: where it is stored.
        question_id: the question.
        text: the plan.
        now: the time, with its zone.
        seen: the plan that was on the page; None if there was none.
        spoken: id of the attempt in which it was said aloud; None keeps what there is.

    Raises:
        EntryError: the plan is empty or too long.
        StoreError: it cannot be stored, or another window changed it.
    """
    kept = spoken or (seen.spoken if seen else None)
    plan = IfThenPlan(make_if_then_id(question_id), question_id, to_one_line(text), now, kept)
    store.save(plan, expected=seen)
    return plan


def choose_shorter(report: Report) -> int | None:
    """Return in how many seconds to say the same again: three quarters of the time; None for a short answer."""
    return choose_shorter_seconds(report.response.duration) if report.response else None


def is_short_enough(practice: TakePractice, report: Report) -> bool | None:
    """Return whether a take that was to be shorter is; None where it was not to be, or nothing was said."""
    if practice.most_seconds is None or report.response is None:
        return None
    least, most = limit_shorter(practice.most_seconds)
    return least <= report.response.duration <= most


@dataclass(frozen=True)
class UmDrill:
    """The ums of an answer to be drilled with: some to listen to, and a clip in which to notice the others."""

    first: tuple[Segment, ...]
    clip: Segment
    to_catch: tuple[Segment, ...]  # the ums within the clip


def make_drill(report: Report) -> UmDrill | None:
    """Return the drill for an answer; None where it has too few ums for one.

    The clip is the half minute with most ums besides those that were listened to; if there are none, with all.
    """
    ums = report.get_finding("filler_sounds").moments
    if report.response is None or len(ums) < MIN_UMS_TO_DRILL:
        return None
    first, fresh = ums[:HEARD_FIRST], ums[HEARD_FIRST:]
    clip = max((_make_clip(um.start, report.duration) for um in fresh or ums), key=lambda each: _count(each, ums))
    return UmDrill(first, clip, tuple(um for um in ums if clip.start <= um.start and um.end <= clip.end))


def find_caught(to_catch: Sequence[Segment], pressed: Sequence[float]) -> tuple[Segment, ...]:
    """Return the ums that were noticed: each has a press of its own shortly after its beginning.

    Args:
        to_catch: the ums of the clip.
        pressed: when the key was pressed, in seconds of the recording.
    """
    left = sorted(pressed)
    caught = []
    for um in sorted(to_catch, key=lambda each: each.start):
        at = next((each for each in left if um.start - TOO_EARLY <= each <= um.end + TOO_LATE), None)
        if at is not None:
            left.remove(at)
            caught.append(um)
    return tuple(caught)


def _make_clip(start: float, duration: float) -> Segment:
    begin = max(0.0, min(start - 1.0, duration - CLIP_SECONDS))
    return Segment(begin, min(duration, begin + CLIP_SECONDS))


def _count(clip: Segment, ums: Sequence[Segment]) -> int:
    return sum(clip.start <= um.start and um.end <= clip.end for um in ums)


def _find_practice(store: Store, attempt_id: str) -> TakePractice | None:
    wanted = make_take_practice_id(attempt_id)
    return next((known for known in store.load_documents(TakePractice) if known.id == wanted), None)
