"""The steps after an interview, by what they are about. Each function gives those that can be dated or waited for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from content.follow_up_rules import rule
from interview.follow_up.follow_up import FollowUp
from interview.follow_up.situation import PARTS_THAT_MATTER, Situation, named
from interview.person import MET, Part, Person, Way
from interview.thank_you.sending_time import NoteWindow, note_window
from interview.working_days import day_told

BETWEEN_CALLS = timedelta(days=7)  # the document names no time between its two calls; a week is this app's reading
_LOOK_BACK = ("write_it_down", "what_went_well", "answer_you_wish")
_NOTES = {Part.STAFF: "staff_who_helped", Part.COLLEAGUE: "colleagues_met"}
_ON_PAPER = {Way.LETTER: "note_card", Way.BY_HAND: "note_by_hand"}


def looking_back(now: Situation) -> Iterator[FollowUp]:
    """Writing down what was, as soon as the interview is over."""
    first, *others = _LOOK_BACK
    if now.interview.ends is not None:
        yield now.step(first, *(rule(each).text for each in others), due=now.interview.ends)


def thank_you_notes(now: Situation) -> Iterator[FollowUp]:
    """A note to each person met, in its window; done when it was sent."""
    window = note_window(now.interview)
    if window is not None:
        yield from (_note(now, person, window) for person in now.of(*MET))


def asking_when(now: Situation) -> Iterator[FollowUp]:
    """A word on their timing in the notes, where no date was named."""
    window = note_window(now.interview)
    if window is not None and now.interview.decision_by is None:
        yield now.step("note_asks_when", due=window.best, latest=window.closes)


def references(now: Situation) -> Iterator[FollowUp]:
    """Telling those who may be called, on the same day."""
    ends = now.interview.ends
    if ends is not None:
        names = ", ".join(each.name for each in now.of(Part.REFERENCE))
        day = ends.date() + _days("tell_references")
        yield now.on(day, "tell_references", names and f"To {names}.", not_before=ends)


def good_word(now: Situation) -> Iterator[FollowUp]:
    """Asking the network, the next day."""
    if now.interview.ends is not None:
        names = ", ".join(named(each) for each in now.of(Part.NETWORK))
        yield now.on(now.interview.ends.date() + _days("good_word"), "good_word", names and f"You know {names}.")


def something_of_use(now: Situation) -> Iterator[FollowUp]:
    """One more message a couple of days after the note; left out where they decide before it would come."""
    thanked = _thanked_on(now)
    if thanked is None:
        return
    step = now.on(thanked + _days("something_of_use"), "something_of_use", now.whom)
    by = now.interview.decision_by
    if by is None or step.due is None or step.due.date() <= by:
        yield step


def calls(now: Situation) -> Iterator[FollowUp]:
    """Nothing before their date is over, then two calls at most, then no more; nothing where they named no date."""
    by, most = now.interview.decision_by, rule("calls_after_the_date").at_most or 1
    if by is None:
        return
    day = by + _days("calls_after_the_date")
    for place in range(1, most + 1):
        title = f"If you have heard nothing: call ({place} of {most})"
        date_named = f"They said they would decide by {day_told(by)}."
        step = now.on(day, "calls_after_the_date", date_named, now.whom, about=str(place), title=title)
        yield step
        day = (step.due.date() if step.due else day) + BETWEEN_CALLS
    yield now.on(day, "silence_after_two_calls")


def what_to_leave(now: Situation) -> Iterator[FollowUp]:
    """What not to do before their date or their decision; there is no day to do it on."""
    yield now.step("no_linkedin_before")
    if now.interview.decision_by is not None:
        yield now.step("wait_for_their_date", f"They named {day_told(now.interview.decision_by)}.")


def second_interview(now: Situation) -> Iterator[FollowUp]:
    """Preparing anew, from the working day after the invitation; the document names no day."""
    more = rule("bring_something_new").text
    if now.interview.decided_on is None:
        yield now.step("research_again", more)
    else:
        yield now.on(now.interview.decided_on + timedelta(days=1), "research_again", more)


def after_a_no(now: Situation) -> Iterator[FollowUp]:
    """Thanks for the chance, a request to connect, a sign of life later; undated until the day of the no is known."""
    decided, names = now.interview.decided_on, ", ".join(each.name for each in now.of(*PARTS_THAT_MATTER))
    for rule_id, more in (
        ("gracious_after_no", now.whom),
        ("linkedin_after_no", names and f"They were {names}."),
        ("stay_in_contact", now.whom),
    ):
        if decided is None:
            yield now.step(rule_id, more)
        else:
            yield now.on(decided + max(_days(rule_id), timedelta(days=1)), rule_id, more)


def _note(now: Situation, person: Person, window: NoteWindow) -> FollowUp:
    day = window.best.date()
    paper = rule(_ON_PAPER[person.prefers]).text if person.prefers in _ON_PAPER else ""
    free = "" if now.working.has(day) else f"{day_told(day)} is no working day; send it all the same, within a day."
    step = now.step(
        _NOTES.get(person.part, "note_to_everyone"),
        rule("note_window").text,
        paper,
        free,
        title=f"Thank {person.name}",
        person=person,
        due=window.best,
        latest=window.closes,
    )
    note = now.notes.get(person.id)
    return replace(step, done_at=note.sent_at) if note else step


def _thanked_on(now: Situation) -> date | None:
    """The day of the note to the contact: when it was sent, or else when it should be."""
    note = now.notes.get(now.contact.id) if now.contact else None
    if note is not None and note.sent_at is not None and now.interview.begins is not None:
        return note.sent_at.astimezone(now.interview.begins.tzinfo).date()
    window = note_window(now.interview)
    return window.best.date() if window else None


def _days(rule_id: str) -> timedelta:
    return timedelta(days=rule(rule_id).days_after or 0)
