"""Find the next thing to do: the interview ahead and the practice for it, the goal of the last take, what is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from analysis.feedback.exercise import Exercise, choose_exercise
from interview.follow_up.due import group_by_status
from interview.follow_up.follow_up import FollowUp
from interview.interview import Interview, InterviewState
from interview.practice_plan import PlannedQuestion, PracticeDay, find_day
from services.asked_questions import is_practice
from services.interviews.follow_ups import is_over, load_plans
from services.interviews.practice_plans import begin_plan, find_next_interview, load_plan
from services.question_bank import QuestionBank
from store.attempt import AttemptState, StoredAttempt
from store.errors import StoreError
from store.settings import Settings
from store.store import Store


@dataclass(frozen=True)
class LastTake:
    """The latest answer with the goal that it set."""

    attempt: StoredAttempt
    goal: Exercise


@dataclass(frozen=True)
class DueStep:
    """A step after an interview that is due today or overdue."""

    step: FollowUp
    interview: Interview


@dataclass(frozen=True)
class Today:
    """What there is to do."""

    is_first_visit: bool  # nothing was answered and no interview entered yet
    interview: Interview | None  # the next one that has a date
    plan: tuple[PracticeDay, ...]  # the practice for it as it stands
    next_day: PracticeDay | None  # of the plan, with something left on it
    unsure: tuple[Interview, ...]  # should be over, but nobody said so
    due: tuple[DueStep, ...]
    last: LastTake | None  # None where it set no goal

    @property
    def next_question(self) -> PlannedQuestion | None:
        """The question the plan asks for next, whatever its day; None without a plan, or when all is done."""
        return next(iter(self.next_day.left), None) if self.next_day else None


def load_today(store: Store, bank: QuestionBank, settings: Settings, now: datetime) -> Today:
    """Return what there is to do; begins the plan of an interview that has a date.

    Args:
        store: where everything is stored.
        bank: the questions to plan with.
        settings: field of work and holidays.
        now: with the user's time zone.

    Raises:
        StoreError: the data cannot be read or stored.
    """
    today, interviews, history = now.date(), store.load_documents(Interview), store.load_history()
    unsure = tuple(each for each in interviews if each.state is InterviewState.UPCOMING and is_over(each, now))
    ahead = find_next_interview((each for each in interviews if each not in unsure), today)
    if ahead is not None:
        ahead = begin_plan(store, ahead, today)
    plan = load_plan(ahead, bank, history, settings.work_field or "", today) if ahead else ()
    answers = [each for each in history if is_practice(each.question.id) and not each.is_silent]
    return Today(
        is_first_visit=not answers and not interviews,
        interview=ahead,
        plan=plan,
        next_day=find_day(plan, today),
        unsure=unsure,
        due=_find_due(store, interviews, settings, now),
        last=_find_last(store, answers),
    )


def _find_due(store: Store, interviews: Iterable[Interview], settings: Settings, now: datetime) -> tuple[DueStep, ...]:
    if all(each.state is InterviewState.UPCOMING for each in interviews):
        return ()
    plans = load_plans(store, settings.holidays)
    by_id = {each.interview.id: each.interview for each in plans}
    found = group_by_status((step for each in plans for step in each.steps), now)
    return tuple(DueStep(step, by_id[step.interview]) for step in (*found.overdue, *found.today))


def _find_last(store: Store, answers: list[StoredAttempt]) -> LastTake | None:
    done = [each for each in answers if each.state is AttemptState.DONE]
    if not done:
        return None
    try:
        goal = choose_exercise(store.load_report(done[-1].id))
    except StoreError:  # damaged, which Your data says; or deleted in another window a moment ago
        return None
    return LastTake(done[-1], goal) if goal else None
