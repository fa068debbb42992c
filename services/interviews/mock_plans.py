"""Plan a mock interview: every change is saved, and a new plan starts from the last one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from content.questions import Question
from interview.mock.plan import MockPlan
from interview.mock.questions import select_questions
from interview.mock.run import MockRun
from services.question_bank import QuestionBank
from store.store import Store

SEED_COUNT = 2**31


@dataclass(frozen=True)
class PlanDraft:
    """A plan as it is shown, and as it is stored."""

    plan: MockPlan
    kept: MockPlan | None  # None: nothing was changed yet


def find_begun_plans(runs: Iterable[MockRun]) -> frozenset[str]:
    """Return the ids of the plans that a run was made from."""
    return frozenset(run.plan for run in runs)


def draft_plan(
    plans: Collection[MockPlan], begun: Collection[str], new_id: str, seed: int, field: str = ""
) -> PlanDraft:
    """Return the stored plan without a run, or else a copy of the last one with a new seed.

    Args:
        plans: all stored plans, the latest last.
        begun: ids of those that a run was made from.
        new_id: id for a new plan.
        seed: seed for a new plan, which selects its questions.
        field: the field of work for the very first plan.
    """
    open_plans = [plan for plan in plans if plan.id not in begun]
    if open_plans:
        return PlanDraft(open_plans[-1], open_plans[-1])
    like = list(plans)[-1] if plans else MockPlan(new_id, "first", field=field)
    return PlanDraft(replace(like, id=new_id, seed=seed), None)


def change_plan(store: Store, draft: PlanDraft, **changes: Any) -> None:
    """Save a plan with other values; raises EntryError or StoreError."""
    store.save(replace(draft.plan, **changes), expected=draft.kept)


def save_plan(store: Store, draft: PlanDraft) -> MockPlan:
    """Save a plan if it is not stored yet, and return it; raises StoreError."""
    if draft.kept is None:
        store.save(draft.plan)
    return draft.plan


def choose_questions(store: Store, plan: MockPlan, bank: QuestionBank, now: datetime) -> tuple[Question, ...]:
    """Select the questions of a plan, in order; raises StoreError."""
    practised = {each.question.id: each.recorded_at for each in store.load_history()}
    return select_questions(plan, bank.offered, practised, now)
