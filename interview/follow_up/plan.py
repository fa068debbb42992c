"""Plan what to do after an interview, by the rules in content/data/follow_up_rules.toml.

Conventions: days and times of day are those of the interview's time zone; durations are elapsed
time, even in the night when the clocks change. A step that falls on a weekend or a holiday moves to
the next working day and says so; the debrief, thank-you notes and the word to references do not move,
because they are worth little after a day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from content.follow_up_rules import get_rule
from interview.debrief import Debrief
from interview.follow_up.follow_up import FollowUp
from interview.follow_up.situation import CONTACT_ROLES, Situation, format_person
from interview.interview import Interview, InterviewState
from interview.person import MET_ROLES, ContactMethod, Person, PersonRole
from interview.thank_you.note import ThankYou
from interview.thank_you.sending_time import NoteWindow, find_note_window
from interview.time_zones import find_zone
from interview.working_days import WorkingDays, format_day, format_weekday

TIME_BETWEEN_CALLS = timedelta(days=7)  # the document names no time between its two calls; a week is this app's reading
_DEBRIEF_RULES = ("write_it_down", "what_went_well", "answer_you_wish")
_NOTE_RULES = {PersonRole.STAFF: "staff_who_helped", PersonRole.COLLEAGUE: "colleagues_met"}
_PAPER_RULES = {ContactMethod.LETTER: "note_card", ContactMethod.BY_HAND: "note_by_hand"}
StepPlanner = Callable[[Situation], Iterator[FollowUp]]
_DEFAULT_WORKING_DAYS = WorkingDays()
_UNDATED = datetime.max.replace(tzinfo=UTC)


def plan_debrief(now: Situation) -> Iterator[FollowUp]:
    """Plan the debrief for as soon as the interview is over; done once it was saved."""
    first, *others = _DEBRIEF_RULES
    if now.interview.over_at is not None:
        step = now.make_step(first, *(get_rule(each).text for each in others), due=now.interview.over_at)
        yield replace(step, done_at=now.debrief.written_at) if now.debrief else step


def plan_thank_you_notes(now: Situation) -> Iterator[FollowUp]:
    """Plan a note to each person met, in its time window; done once it was sent."""
    window = find_note_window(now.interview)
    if window is not None:
        yield from (_make_note_step(now, person, window) for person in now.find_people(*MET_ROLES))


def plan_timing_question(now: Situation) -> Iterator[FollowUp]:
    """Plan to ask in the notes when they will decide, unless they named a date."""
    window = find_note_window(now.interview)
    if window is not None and now.interview.decision_by is None:
        yield now.make_step("note_asks_when", due=window.best, latest=window.closes)


def plan_reference_notice(now: Situation) -> Iterator[FollowUp]:
    """Plan to tell the references at once that they may be called, whatever day it is."""
    ends = now.interview.over_at
    if ends is not None:
        names = ", ".join(each.name for each in now.find_people(PersonRole.REFERENCE))
        yield now.make_step("tell_references", names and f"To {names}.", due=ends)


def plan_network_request(now: Situation) -> Iterator[FollowUp]:
    """Plan to ask the network for a good word, the next day."""
    if now.interview.over_at is not None:
        names = ", ".join(format_person(each) for each in now.find_people(PersonRole.NETWORK))
        yield now.make_morning_step(
            now.interview.over_at.date() + _get_days_after("good_word"), "good_word", names and f"You know {names}."
        )


def plan_useful_message(now: Situation) -> Iterator[FollowUp]:
    """Plan one more message a few days after the note, unless they decide before it would arrive."""
    thanked = _find_thank_you_day(now)
    if thanked is None:
        return
    examples = (f"– “{example}”" for example in get_rule("something_of_use").examples)
    step = now.make_morning_step(
        thanked + _get_days_after("something_of_use"),
        "something_of_use",
        now.contact_sentence,
        "For example:",
        *examples,
    )
    by = now.interview.decision_by
    if by is None or step.due is None or step.due.date() <= by:
        yield step


def plan_calls(now: Situation) -> Iterator[FollowUp]:
    """Plan at most two calls once the date they named has passed; none if they named no date."""
    by, most = now.interview.decision_by, get_rule("calls_after_the_date").at_most or 1
    if by is None:
        return
    day = by + _get_days_after("calls_after_the_date")
    for place in range(1, most + 1):
        title = f"If you have heard nothing: call ({place} of {most})"
        date_named = f"They said they'd decide by {format_day(by)}."
        step = now.make_morning_step(
            day, "calls_after_the_date", date_named, now.contact_sentence, about=str(place), title=title
        )
        yield step
        day = (step.due.date() if step.due else day) + TIME_BETWEEN_CALLS
    yield now.make_morning_step(day, "silence_after_two_calls")


def plan_things_to_avoid(now: Situation) -> Iterator[FollowUp]:
    """Plan what not to do before their date or decision; these steps have no due date."""
    yield now.make_step("no_linkedin_before")
    if now.interview.decision_by is not None:
        yield now.make_step("wait_for_their_date", f"They named {format_day(now.interview.decision_by)}.")


def plan_second_interview(now: Situation) -> Iterator[FollowUp]:
    """Plan new research, from the working day after the invitation.

    The source of the rule names no day.
    """
    lessons = now.debrief.lessons if now.debrief else ()
    more = (get_rule("bring_something_new").text, *(f"Last time: {lesson.text}" for lesson in lessons))
    if now.interview.decided_on is None:
        yield now.make_step("research_again", *more)
    else:
        yield now.make_morning_step(now.interview.decided_on + timedelta(days=1), "research_again", *more)


def plan_after_rejection(now: Situation) -> Iterator[FollowUp]:
    """Plan thanks, a request to connect and a later message; undated until the day of the rejection is known."""
    decided, names = now.interview.decided_on, ", ".join(each.name for each in now.find_people(*CONTACT_ROLES))
    for rule_id, more in (
        ("gracious_after_no", now.contact_sentence),
        ("linkedin_after_no", names and f"They were {names}."),
        ("stay_in_contact", now.contact_sentence),
    ):
        if decided is None:
            yield now.make_step(rule_id, more)
        else:
            yield now.make_morning_step(decided + max(_get_days_after(rule_id), timedelta(days=1)), rule_id, more)


def _make_note_step(now: Situation, person: Person, window: NoteWindow) -> FollowUp:
    day = window.best.date()
    paper = get_rule(_PAPER_RULES[person.prefers]).text if person.prefers in _PAPER_RULES else ""
    free = "" if now.working.is_working_day(day) else f"It's a {format_weekday(day)} – send it anyway."
    step = now.make_step(
        _NOTE_RULES.get(person.part, "note_to_everyone"),
        get_rule("note_window").text,
        paper,
        free,
        title=f"Thank {person.name}",
        person=person,
        due=window.best,
        latest=window.closes,
    )
    note = now.notes.get(person.id)
    return replace(step, done_at=note.sent_at) if note else step


def _find_thank_you_day(now: Situation) -> date | None:
    """Return the day the note to the contact was sent, or else should be sent; None if unknown."""
    note = now.notes.get(now.contact.id) if now.contact else None
    if note is not None and note.sent_at is not None and now.interview.on_day is not None:
        return note.sent_at.astimezone(find_zone(now.interview.zone)).date()
    window = find_note_window(now.interview)
    return window.best.date() if window else None


def _get_days_after(rule_id: str) -> timedelta:
    return timedelta(days=get_rule(rule_id).days_after or 0)


_WHILE_UNDECIDED: tuple[StepPlanner, ...] = (
    plan_debrief,
    plan_thank_you_notes,
    plan_timing_question,
    plan_reference_notice,
    plan_network_request,
    plan_useful_message,
    plan_calls,
    plan_things_to_avoid,
)
_BY_STATE: Mapping[InterviewState, tuple[StepPlanner, ...]] = {
    InterviewState.UPCOMING: _WHILE_UNDECIDED,
    InterviewState.HELD: _WHILE_UNDECIDED,
    InterviewState.INVITED_AGAIN: (plan_debrief, plan_thank_you_notes, plan_second_interview),
    InterviewState.OFFERED: (plan_debrief,),
    InterviewState.TURNED_DOWN: (plan_debrief, plan_after_rejection),
    InterviewState.WITHDRAWN: (),
}


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
    debrief: Debrief | None = None,
) -> tuple[FollowUp, ...]:
    """Plan the steps that are known so far, ordered by due date, undated ones last.

    Steps that the decision has made pointless are left out. The same arguments give the same plan.

    Args:
        interview: the interview.
        people: those who belong to it.
        notes: the thank-you notes to them.
        working: which days are working days.
        debrief: of the interview; None if it is not written yet.
    """
    now = Situation(interview, tuple(people), {note.person: note for note in notes}, working, debrief)
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
