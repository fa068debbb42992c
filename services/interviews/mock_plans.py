"""Plan a mock interview: the plan is kept with every change, and the next one begins as the last one was."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from content.questions import Question
from interview.mock.plan import MockPlan
from interview.mock.questions import choose
from interview.mock.run import MockRun
from services.question_bank import QuestionBank
from store.store import Store

SEEDS = 2**31


@dataclass(frozen=True)
class PlanDraft:
    """A plan as it stands, and as it is kept."""

    plan: MockPlan
    kept: MockPlan | None  # None: nothing was changed yet


def begun_plans(runs: Iterable[MockRun]) -> frozenset[str]:
    """Return the ids of the plans that a mock interview was begun from."""
    return frozenset(run.plan for run in runs)


def draft_plan(plans: Collection[MockPlan], begun: Collection[str], new_id: str, seed: int) -> PlanDraft:
    """Return the kept plan that nothing was begun from, or else one like the last with other questions.

    Args:
        plans: all that are kept, the latest last.
        begun: ids of those that a mock interview was begun from.
        new_id: the id of a new plan.
        seed: decides its questions.
    """
    open_plans = [plan for plan in plans if plan.id not in begun]
    if open_plans:
        return PlanDraft(open_plans[-1], open_plans[-1])
    like = list(plans)[-1] if plans else MockPlan(new_id, "first")
    return PlanDraft(replace(like, id=new_id, seed=seed), None)


def change_plan(store: Store, draft: PlanDraft, **changes: Any) -> None:
    """Keep a plan with other values; raises EntryError or StoreError."""
    store.keep(replace(draft.plan, **changes), instead_of=draft.kept)


def save_plan(store: Store, draft: PlanDraft) -> MockPlan:
    """Return a plan as it stands, stored if it was not yet; raises StoreError."""
    if draft.kept is None:
        store.keep(draft.plan)
    return draft.plan


def choose_questions(store: Store, plan: MockPlan, bank: QuestionBank, now: datetime) -> tuple[Question, ...]:
    """Return the questions that a plan asks, in order: those not practised lately first; raises StoreError."""
    practised = {each.question.id: each.recorded_at for each in store.history()}
    return choose(plan, bank.offered, practised, now)
