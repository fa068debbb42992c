"""Plan what to do after an interview, by the rules in content/data/follow_up_rules.toml.

Conventions: days and times of day are those of the interview's time zone; durations are elapsed
time, even in the night when the clocks change. A step that falls on a weekend or a holiday moves to
the next working day and says so; the debrief and thank-you notes do not move, because they are
worth little after a day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from interview.follow_up import steps
from interview.follow_up.follow_up import FollowUp
from interview.follow_up.situation import Situation
from interview.interview import Interview, InterviewState
from interview.person import Person
from interview.thank_you.note import ThankYou
from interview.working_days import WorkingDays

StepPlanner = Callable[[Situation], Iterator[FollowUp]]

_WHILE_UNDECIDED: tuple[StepPlanner, ...] = (
    steps.plan_debrief,
    steps.plan_thank_you_notes,
    steps.plan_timing_question,
    steps.plan_reference_notice,
    steps.plan_network_request,
    steps.plan_useful_message,
    steps.plan_calls,
    steps.plan_things_to_avoid,
)
_BY_STATE: Mapping[InterviewState, tuple[StepPlanner, ...]] = {
    InterviewState.UPCOMING: _WHILE_UNDECIDED,
    InterviewState.HELD: _WHILE_UNDECIDED,
    InterviewState.INVITED_AGAIN: (steps.plan_debrief, steps.plan_thank_you_notes, steps.plan_second_interview),
    InterviewState.OFFERED: (steps.plan_debrief,),
    InterviewState.TURNED_DOWN: (steps.plan_debrief, steps.plan_after_rejection),
    InterviewState.WITHDRAWN: (),
}
_DEFAULT_WORKING_DAYS = WorkingDays()
_UNDATED = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class PlanChanges:
    """The changes that turn the stored steps into a new plan; finished and user-written steps stay."""

    to_save: tuple[tuple[FollowUp, FollowUp | None], ...]  # (new, in the place of which)
    to_delete: tuple[str, ...]  # ids


def plan_follow_ups(
    interview: Interview,
    people: Iterable[Person] = (),
    notes: Iterable[ThankYou] = (),
    working: WorkingDays = _DEFAULT_WORKING_DAYS,
) -> tuple[FollowUp, ...]:
    """Plan the steps that are known so far, ordered by due date, undated ones last.

    Steps that the decision has made pointless are left out. The same arguments give the same plan.

    Args:
        interview: the interview.
        people: those who belong to it.
        notes: the thank-you notes to them.
        working: which days are working days.
    """
    now = Situation(interview, tuple(people), {note.person: note for note in notes}, working)
    found = [step for each in _BY_STATE[interview.state] for step in each(now)]
    return tuple(sorted(found, key=lambda step: step.due or _UNDATED))


def find_plan_changes(planned: Sequence[FollowUp], kept: Sequence[FollowUp]) -> PlanChanges:
    """Compare the stored steps of one interview with a new plan.

    Args:
        planned: the new plan.
        kept: the stored steps.

    Returns:
        The steps to save and the ids to delete.
    """
    old, ids = {step.id: step for step in kept}, {step.id for step in planned}
    changed = [
        (step, old.get(step.id)) for step in planned if _is_replaceable(old.get(step.id)) and step != old.get(step.id)
    ]
    gone = (step.id for step in kept if step.id not in ids and _is_replaceable(step))
    return PlanChanges(tuple(changed), tuple(gone))


def _is_replaceable(step: FollowUp | None) -> bool:
    return step is None or not (step.own or step.done_at)
