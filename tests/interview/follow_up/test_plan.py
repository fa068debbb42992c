"""The plan after an interview: which steps, and exactly when, across weekends, holidays, zones and clock changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.follow_up_rules import get_rule, list_rules
from interview.follow_up.due import DueStatus, get_due_status, group_by_status
from interview.follow_up.follow_up import FollowUp
from interview.follow_up.plan import find_plan_changes, plan_follow_ups
from interview.interview import InterviewState
from interview.person import ContactMethod, Person, PersonRole
from interview.thank_you.note import ThankYou
from interview.thank_you.sending_time import find_note_window
from interview.validation import EntryError
from interview.working_days import WorkingDays, find_morning, format_day
from tests.support.interviews import HELD, MARIA, NOTE, ONE, RECEPTION, TOM, TWO, make_interview, make_local_time

PEOPLE = (MARIA, TOM, RECEPTION)
HR = Person("5" * 32, "Pat Lind", ONE, PersonRole.HUMAN_RESOURCES)


def steps_of(steps: tuple[FollowUp, ...], rule_id: str) -> list[FollowUp]:
    return [step for step in steps if step.rule == rule_id]


def moment(steps: tuple[FollowUp, ...], rule_id: str) -> str:
    """When the one step of a rule is due, on the clocks of its zone."""
    (step,) = steps_of(steps, rule_id)
    assert step.due is not None
    return f"{step.due:%a %Y-%m-%d %H:%M%z}"


def test_a_wednesday_morning_interview_gives_a_plan_for_the_weeks_after() -> None:
    steps = plan_follow_ups(HELD, PEOPLE)
    assert moment(steps, "write_it_down") == "Wed 2026-03-11 11:00+0100"
    assert moment(steps, "tell_references") == "Wed 2026-03-11 11:00+0100"
    assert moment(steps, "staff_who_helped") == "Wed 2026-03-11 14:00+0100"
    assert moment(steps, "good_word") == "Thu 2026-03-12 09:00+0100"
    assert moment(steps, "something_of_use") == "Fri 2026-03-13 09:00+0100"
    calls = steps_of(steps, "calls_after_the_date")
    # Their date is Friday the 20th, so the day after is a Saturday; the clocks change on the 29th.
    assert [f"{call.due:%a %Y-%m-%d %H:%M%z}" for call in calls] == [
        "Mon 2026-03-23 09:00+0100",
        "Mon 2026-03-30 09:00+0200",
    ]
    assert "Moved from Saturday 21 March to Monday 23 March, because of the weekend." in calls[0].text
    assert moment(steps, "silence_after_two_calls") == "Mon 2026-04-06 09:00+0200"


def test_everyone_met_is_thanked_but_references_are_not() -> None:
    reference = replace(TOM, id="6" * 32, part=PersonRole.REFERENCE, name="Ada Kern")
    steps = plan_follow_ups(HELD, (*PEOPLE, HR, reference))
    thanked = {step.person: step.title for step in steps if step.person is not None}
    assert thanked == {
        MARIA.id: "Thank Maria Okafor",
        TOM.id: "Thank Tom Brandl",
        RECEPTION.id: "Thank Ines Roth",
        HR.id: "Thank Pat Lind",
    }
    assert "To Ada Kern." in steps_of(steps, "tell_references")[0].text


@pytest.mark.parametrize(
    ("begins", "minutes", "opens", "best", "closes"),
    [
        # Friday 17:00 to 18:00: a late one, so Saturday morning, not Monday: that would be past the day.
        ("2026-03-13 17:00", 60, "Fri 13 21:00+0100", "Sat 14 09:00+0100", "Sat 14 18:00+0100"),
        # Over at 14:00 sharp is still early.
        ("2026-03-11 13:00", 60, "Wed 11 17:00+0100", "Wed 11 17:00+0100", "Thu 12 14:00+0100"),
        ("2026-03-11 13:01", 60, "Wed 11 17:01+0100", "Thu 12 09:00+0100", "Thu 12 14:01+0100"),
        # Late in the evening, over midnight, and at night, for somebody far away.
        ("2026-03-11 23:30", 60, "Thu 12 03:30+0100", "Thu 12 09:00+0100", "Fri 13 00:30+0100"),
        ("2026-03-11 02:00", 60, "Wed 11 06:00+0100", "Wed 11 09:00+0100", "Thu 12 03:00+0100"),
        # The night before the clocks go forward has 23 hours: a day later they show one hour more.
        ("2026-03-28 17:00", 60, "Sat 28 21:00+0100", "Sun 29 09:00+0200", "Sun 29 19:00+0200"),
        # And 25 hours in autumn.
        ("2026-10-24 17:00", 60, "Sat 24 21:00+0200", "Sun 25 09:00+0100", "Sun 25 17:00+0100"),
        # An interview in the doubled hour itself.
        ("2026-10-25 01:30", 60, "Sun 25 04:30+0100", "Sun 25 09:00+0100", "Mon 26 01:30+0100"),
    ],
)
def test_the_window_of_a_note(begins: str, minutes: int, opens: str, best: str, closes: str) -> None:
    window = find_note_window(make_interview(at=make_local_time(begins), minutes=minutes))
    assert window is not None
    assert [f"{each:%a %d %H:%M%z}" for each in (window.opens, window.best, window.closes)] == [opens, best, closes]


@settings(deadline=None)
@given(st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1)), st.integers(5, 300))
def test_a_note_is_always_due_3_to_24_elapsed_hours_after_the_interview(begins: datetime, minutes: int) -> None:
    held = make_interview(at=begins.replace(tzinfo=UTC), zone="America/New_York", minutes=minutes)
    window = find_note_window(held)
    ends = held.at.astimezone(UTC) + timedelta(minutes=minutes)
    assert window.opens - ends == timedelta(hours=3)
    assert window.closes - ends == timedelta(hours=24)
    assert window.opens <= window.best <= window.closes
    assert window.best.hour >= 9 or window.best == window.opens


def test_steps_after_a_friday_interview_move_to_monday_and_say_so() -> None:
    steps = plan_follow_ups(make_interview(at=make_local_time("2026-03-13 17:00")), PEOPLE)
    assert moment(steps, "tell_references") == "Fri 2026-03-13 18:00+0100"
    assert moment(steps, "staff_who_helped") == "Sat 2026-03-14 09:00+0100"
    assert "It's a Saturday – send it anyway." in steps_of(steps, "staff_who_helped")[0].text
    assert moment(steps, "good_word") == "Mon 2026-03-16 09:00+0100"
    assert "from Saturday 14 March to Monday 16 March" in steps_of(steps, "good_word")[0].text
    # Two days after Saturday's note is Monday.
    assert moment(steps, "something_of_use") == "Mon 2026-03-16 09:00+0100"
    assert "Moved" not in steps_of(steps, "something_of_use")[0].text


def test_references_are_told_at_once_on_a_saturday_too() -> None:
    steps = plan_follow_ups(make_interview(at=make_local_time("2026-03-14 10:00")), PEOPLE)
    assert moment(steps, "write_it_down") == "Sat 2026-03-14 11:00+0100"
    assert moment(steps, "tell_references") == "Sat 2026-03-14 11:00+0100"


def test_holidays_are_skipped_like_weekends() -> None:
    easter = WorkingDays(frozenset({date(2026, 4, 3), date(2026, 4, 6)}))
    steps = plan_follow_ups(
        make_interview(at=make_local_time("2026-03-31 10:00"), decision_by=date(2026, 4, 2)), PEOPLE, working=easter
    )
    first, second = steps_of(steps, "calls_after_the_date")
    assert f"{first.due:%a %Y-%m-%d}" == "Tue 2026-04-07"
    assert "Moved from Friday 3 April to Tuesday 7 April, because of a holiday and the weekend." in first.text
    assert f"{second.due:%a %Y-%m-%d}" == "Tue 2026-04-14"


def test_a_weekend_may_be_friday_and_saturday() -> None:
    working = WorkingDays(weekend=frozenset({4, 5}))
    assert find_morning(date(2026, 3, 13), 9, "Asia/Riyadh", working).at == make_local_time(
        "2026-03-15 09:00", "Asia/Riyadh"
    )


@pytest.mark.parametrize("weekend", [frozenset(range(7)), frozenset({7})])
def test_a_week_has_at_least_one_working_day(weekend: frozenset[int]) -> None:
    with pytest.raises(EntryError, match="days 0 to 6 and not all of them"):
        WorkingDays(weekend=weekend)


def test_a_year_of_holidays_is_refused() -> None:
    days = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(365))
    with pytest.raises(EntryError, match="leave a working day within 60 days"):
        WorkingDays(days).find_working_day(date(2026, 3, 1))


@settings(deadline=None)
@given(st.dates(date(2025, 1, 1), date(2030, 1, 1)), st.sets(st.dates(date(2025, 1, 1), date(2025, 2, 1))))
def test_the_next_working_day_is_the_first_one(day: date, holidays: set[date]) -> None:
    working = WorkingDays(frozenset(holidays))
    found = working.find_working_day(day)
    assert working.is_working_day(found)
    assert not any(working.is_working_day(day + timedelta(days=n)) for n in range((found - day).days))


def test_mornings_are_in_the_time_zone_of_the_interview() -> None:
    held = make_interview(at=make_local_time("2026-03-12 16:00", "America/Los_Angeles"), zone="America/Los_Angeles")
    steps = plan_follow_ups(held, PEOPLE)
    assert moment(steps, "good_word") == "Fri 2026-03-13 09:00-0700"
    (step,) = steps_of(steps, "good_word")
    assert step.due.astimezone(ZoneInfo("Asia/Tokyo")).isoformat() == "2026-03-14T01:00:00+09:00"


def test_without_a_decision_date_no_call_is_planned_and_the_note_asks_for_it() -> None:
    steps = plan_follow_ups(make_interview(decision_by=None), PEOPLE)
    assert not steps_of(steps, "calls_after_the_date")
    assert not steps_of(steps, "wait_for_their_date")
    assert moment(steps, "note_asks_when") == "Wed 2026-03-11 14:00+0100"
    assert not steps_of(plan_follow_ups(HELD, PEOPLE), "note_asks_when")


@settings(deadline=None)
@given(st.dates(date(2026, 3, 11), date(2027, 3, 11)), st.booleans())
def test_calls_start_after_the_decision_date_and_are_at_most_two(by: date, known: bool) -> None:
    steps = plan_follow_ups(make_interview(decision_by=by), PEOPLE if known else ())
    calls = steps_of(steps, "calls_after_the_date")
    assert len(calls) == 2
    assert all(call.due.date() > by and call.due.weekday() < 5 for call in calls)
    assert all(step.due.date() <= by for step in steps_of(steps, "something_of_use"))


def test_the_useful_message_is_dated_from_the_day_the_note_was_sent() -> None:
    sent = replace(NOTE, sent_at=make_local_time("2026-03-12 10:30"))
    steps = plan_follow_ups(HELD, PEOPLE, (sent,))
    # Two days after Thursday is Saturday.
    assert moment(steps, "something_of_use") == "Mon 2026-03-16 09:00+0100"
    (thanked,) = [step for step in steps if step.person == MARIA.id]
    assert thanked.done_at == sent.sent_at


def test_messages_go_to_the_contact_and_never_to_human_resources_alone() -> None:
    (step,) = steps_of(plan_follow_ups(HELD, (HR, TOM, MARIA)), "something_of_use")
    assert "To Maria Okafor, Head of Data." in step.text
    (alone,) = steps_of(plan_follow_ups(HELD, (HR,)), "something_of_use")
    assert get_rule("not_hr_alone").text in alone.text
    assert "Pat Lind" not in alone.text


def test_a_request_to_connect_is_planned_only_after_a_rejection() -> None:
    before = plan_follow_ups(HELD, PEOPLE)
    (leave,) = steps_of(before, "no_linkedin_before")
    assert leave.due is None
    assert not steps_of(before, "linkedin_after_no")
    after = plan_follow_ups(make_interview(state=InterviewState.TURNED_DOWN, decided_on=date(2026, 3, 19)), PEOPLE)
    assert moment(after, "linkedin_after_no") == "Fri 2026-03-20 09:00+0100"
    assert moment(after, "gracious_after_no") == "Fri 2026-03-20 09:00+0100"
    # 60 days after Thursday 19 March is Monday 18 May.
    assert moment(after, "stay_in_contact") == "Mon 2026-05-18 09:00+0200"
    assert not steps_of(after, "calls_after_the_date")
    assert not steps_of(after, "no_linkedin_before")


def test_steps_after_a_rejection_of_unknown_date_are_undated() -> None:
    steps = plan_follow_ups(make_interview(state=InterviewState.TURNED_DOWN), PEOPLE)
    assert {step.rule for step in steps if step.due is None} == {
        "gracious_after_no",
        "linkedin_after_no",
        "stay_in_contact",
    }


def test_an_invitation_adds_new_research_and_keeps_the_thank_you_notes() -> None:
    steps = plan_follow_ups(make_interview(state=InterviewState.INVITED_AGAIN, decided_on=date(2026, 3, 13)), PEOPLE)
    assert moment(steps, "research_again") == "Mon 2026-03-16 09:00+0100"
    assert get_rule("bring_something_new").text in steps_of(steps, "research_again")[0].text
    assert len([step for step in steps if step.person]) == 3
    assert not steps_of(steps, "calls_after_the_date")
    (undated,) = steps_of(plan_follow_ups(make_interview(state=InterviewState.INVITED_AGAIN)), "research_again")
    assert undated.due is None


def test_a_withdrawn_interview_has_no_steps() -> None:
    assert plan_follow_ups(make_interview(state=InterviewState.WITHDRAWN), PEOPLE) == ()


def test_an_interview_without_a_time_has_only_steps_that_need_none() -> None:
    steps = plan_follow_ups(make_interview(at=None), PEOPLE)
    assert {step.rule for step in steps} == {
        "calls_after_the_date",
        "silence_after_two_calls",
        "no_linkedin_before",
        "wait_for_their_date",
    }
    assert find_note_window(make_interview(at=None)) is None


def test_an_interview_with_a_day_and_no_time_is_over_in_the_evening() -> None:
    held = make_interview(at=None, day=date(2026, 3, 11))
    steps = plan_follow_ups(held, PEOPLE)
    (debrief,) = steps_of(steps, "write_it_down")
    assert debrief.due == make_local_time("2026-03-11 18:00")
    window = find_note_window(held)
    assert window is not None
    assert window.best.date() == date(2026, 3, 12)
    assert {step.title for step in steps} == {step.title for step in plan_follow_ups(HELD, PEOPLE)}


def test_a_handwritten_note_says_when_to_post_it() -> None:
    by_hand = replace(MARIA, prefers=ContactMethod.BY_HAND)
    (step,) = [step for step in plan_follow_ups(HELD, (by_hand,)) if step.person]
    assert get_rule("note_by_hand").text in step.text


def test_every_rule_with_hours_or_days_is_used_in_some_plan() -> None:
    timed = {each.id for each in list_rules() if each.hours_from is not None or each.days_after is not None}
    no = make_interview(state=InterviewState.TURNED_DOWN, decided_on=date(2026, 3, 19))
    texts = "".join(step.text for step in (*plan_follow_ups(replace(HELD), PEOPLE), *plan_follow_ups(no, PEOPLE)))
    paper = {"note_by_hand"}  # only for people who like it
    assert [each for each in sorted(timed - paper) if get_rule(each).text not in texts] == []


def test_planning_again_gives_the_same_plan() -> None:
    assert plan_follow_ups(HELD, PEOPLE) == plan_follow_ups(replace(HELD), tuple(PEOPLE))
    assert len({step.id for step in plan_follow_ups(HELD, PEOPLE)}) == len(plan_follow_ups(HELD, PEOPLE))


def test_a_new_plan_moves_open_steps_but_not_finished_or_own_ones() -> None:
    kept = list(plan_follow_ups(HELD, PEOPLE))
    kept[0] = replace(kept[0], done_at=make_local_time("2026-03-11 12:00"))
    kept[3] = replace(kept[3], title="In my words", own=True)
    own = FollowUp("7" * 32, ONE, "own", "Return the badge", own=True)
    later = plan_follow_ups(make_interview(at=make_local_time("2026-03-12 10:00")), (TOM, RECEPTION))
    change = find_plan_changes(later, [*kept, own])
    kept_now = {step.id: step for step in (*kept, own)}
    for new, instead_of in change.to_save:
        assert kept_now.get(new.id) == instead_of
        kept_now[new.id] = new
    for gone in change.to_delete:
        del kept_now[gone]
    untouched = {kept[0].id, kept[3].id, own.id}
    assert {kept_now[each] for each in untouched} == {kept[0], kept[3], own}
    assert {each for key, each in kept_now.items() if key not in untouched} == {
        each for each in later if each.id not in untouched
    }
    assert find_plan_changes(plan_follow_ups(HELD, PEOPLE), plan_follow_ups(HELD, PEOPLE)) == find_plan_changes((), ())


STEP = FollowUp(TWO, ONE, "good_word", "Ask", due=make_local_time("2026-03-12 09:00"), zone="Europe/Vienna")


@pytest.mark.parametrize(
    ("step", "now", "expected"),
    [
        (STEP, make_local_time("2026-03-11 23:59"), DueStatus.COMING),
        (STEP, make_local_time("2026-03-12 00:00"), DueStatus.TODAY),
        (STEP, make_local_time("2026-03-12 23:59"), DueStatus.TODAY),
        (STEP, make_local_time("2026-03-13 00:00"), DueStatus.OVERDUE),
        (
            replace(STEP, done_at=make_local_time("2026-03-20 09:00")),
            make_local_time("2026-03-21 00:00"),
            DueStatus.DONE,
        ),
        (replace(STEP, due=None), make_local_time("2026-03-21 00:00"), DueStatus.WAITING),
        # With a last moment, the step is due until then, over midnight too, and late a moment after it.
        (
            replace(STEP, latest=make_local_time("2026-03-13 08:00")),
            make_local_time("2026-03-13 08:00"),
            DueStatus.TODAY,
        ),
        (
            replace(STEP, latest=make_local_time("2026-03-13 08:00")),
            make_local_time("2026-03-13 08:01"),
            DueStatus.OVERDUE,
        ),
        (
            replace(STEP, latest=make_local_time("2026-03-12 10:00")),
            make_local_time("2026-03-12 10:01"),
            DueStatus.OVERDUE,
        ),
        # In the doubled hour the second half past two is an hour after the first.
        (
            replace(STEP, due=make_local_time("2026-10-25 01:00"), latest=make_local_time("2026-10-25 02:30")),
            make_local_time("2026-10-25 02:30").replace(fold=1),
            DueStatus.OVERDUE,
        ),
        # In Auckland, 9:00 in Vienna is 21:00 of the same day, and the day ends sooner.
        (STEP, make_local_time("2026-03-12 23:59", "Pacific/Auckland"), DueStatus.TODAY),
        (STEP, make_local_time("2026-03-13 00:00", "Pacific/Auckland"), DueStatus.OVERDUE),
        # In Honolulu it is still Wednesday, 22:00.
        (STEP, make_local_time("2026-03-11 01:00", "Pacific/Honolulu"), DueStatus.TODAY),
    ],
)
def test_the_status_of_a_step_depends_on_the_users_clocks(step: FollowUp, now: datetime, expected: DueStatus) -> None:
    assert get_due_status(step, now) is expected


def test_steps_are_grouped_by_status_and_sorted_by_due_date() -> None:
    steps = plan_follow_ups(HELD, PEOPLE, (replace(NOTE, sent_at=make_local_time("2026-03-11 15:00")),))
    groups = group_by_status(reversed(steps), make_local_time("2026-03-12 10:00"))
    assert [step.rule for step in groups.overdue] == ["tell_references", "write_it_down"]
    assert {step.title for step in groups.today} == {"Thank Tom Brandl", "Thank Ines Roth", get_rule("good_word").title}
    assert [step.person for step in groups.done] == [MARIA.id]
    assert {step.rule for step in groups.waiting} == {"no_linkedin_before", "wait_for_their_date"}
    coming = [step.due for step in groups.coming]
    assert coming == sorted(coming)
    assert sum(map(len, vars(groups).values())) == len(steps)


def test_dates_are_in_english_on_every_machine() -> None:
    assert format_day(date(2026, 3, 14)) == "Saturday 14 March"
    assert format_day(date(2026, 12, 1)) == "Tuesday 1 December"


def test_a_note_to_somebody_else_does_not_move_the_useful_message() -> None:
    other = ThankYou(TWO, ONE, TOM.id, sent_at=make_local_time("2026-03-12 10:30"))
    assert moment(plan_follow_ups(HELD, PEOPLE, (other,)), "something_of_use") == "Fri 2026-03-13 09:00+0100"
