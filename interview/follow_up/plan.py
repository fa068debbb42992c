"""What to do after an interview and when, by the rules in content/data/follow_up_rules.toml and their numbers.

Conventions: days are counted and hours told on the clocks of the interview's zone; hours that pass are real ones, in
the night the clocks change too. What falls on a weekend or a holiday waits for the next working day and says so;
looking back and thank-you notes do not wait, for they are worth little after a day.
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

Steps = Callable[[Situation], Iterator[FollowUp]]

_WHILE_UNDECIDED: tuple[Steps, ...] = (
    steps.looking_back,
    steps.thank_you_notes,
    steps.asking_when,
    steps.references,
    steps.good_word,
    steps.something_of_use,
    steps.calls,
    steps.what_to_leave,
)
_BY_STATE: Mapping[InterviewState, tuple[Steps, ...]] = {
    InterviewState.UPCOMING: _WHILE_UNDECIDED,
    InterviewState.HELD: _WHILE_UNDECIDED,
    InterviewState.INVITED_AGAIN: (steps.looking_back, steps.thank_you_notes, steps.second_interview),
    InterviewState.OFFERED: (steps.looking_back,),
    InterviewState.TURNED_DOWN: (steps.looking_back, steps.after_a_no),
    InterviewState.WITHDRAWN: (),
}
_EVERY_WEEK = WorkingDays()
_UNDATED = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Replanned:
    """What to keep and what to delete, so that the kept steps become the plan; done and own steps stay as they are."""

    keep: tuple[tuple[FollowUp, FollowUp | None], ...]  # (new, in the place of which)
    forget: tuple[str, ...]  # ids


def plan(
    interview: Interview,
    people: Iterable[Person] = (),
    notes: Iterable[ThankYou] = (),
    working: WorkingDays = _EVERY_WEEK,
) -> tuple[FollowUp, ...]:
    """The steps as far as they can be known now, in the order they are due, undated ones last.

    Everything that their decision has made pointless is left out. Made from the same values, it is the same plan.
    """
    now = Situation(interview, tuple(people), {note.person: note for note in notes}, working)
    found = [step for each in _BY_STATE[interview.state] for step in each(now)]
    return tuple(sorted(found, key=lambda step: step.due or _UNDATED))


def replan(planned: Sequence[FollowUp], kept: Sequence[FollowUp]) -> Replanned:
    """How to bring the kept steps of one interview to a new plan."""
    old, ids = {step.id: step for step in kept}, {step.id for step in planned}
    changed = [(step, old.get(step.id)) for step in planned if _is_free(old.get(step.id)) and step != old.get(step.id)]
    gone = (step.id for step in kept if step.id not in ids and _is_free(step))
    return Replanned(tuple(changed), tuple(gone))


def _is_free(step: FollowUp | None) -> bool:
    return step is None or not (step.own or step.done_at)
