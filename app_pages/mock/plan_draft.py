"""The plan that is being made: kept with every change, and the next one begins as the last one was."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from app_pages.use_cases.store_access import store
from interview.ids import new_id
from interview.mock.plan import MockPlan
from interview.mock.run import MockRun

_NEXT = "mock_next"  # id and seed of a plan that is not kept yet
SEEDS = 2**31


@dataclass(frozen=True)
class Draft:
    """A plan as it stands, and as it is kept."""

    plan: MockPlan
    kept: MockPlan | None  # None: nothing was changed yet


def current(plans: Iterable[MockPlan], runs: Iterable[MockRun]) -> Draft:
    """The kept plan that nothing was begun from, or else one like the last with other questions."""
    begun = {run.plan for run in runs}
    plans = tuple(plans)
    open_ones = [plan for plan in plans if plan.id not in begun]
    if open_ones:
        return Draft(open_ones[-1], open_ones[-1])
    name, seed = st.session_state.setdefault(_NEXT, (new_id(), random.randrange(SEEDS)))  # noqa: S311 - variety
    if name in begun:
        name, seed = st.session_state[_NEXT] = (new_id(), random.randrange(SEEDS))  # noqa: S311 - variety
    like = plans[-1] if plans else MockPlan(name, "first")
    return Draft(replace(like, id=name, seed=seed), None)


def now() -> Draft:
    """The plan as it stands this moment; raises StoreError.

    What is on screen may be older: a click takes along what was chosen just before it, and that is kept first.
    """
    return current(store().things(MockPlan), store().things(MockRun))


def change(**changes: Any) -> None:
    """Keep the plan with other values; raises EntryError or StoreError."""
    draft = now()
    store().keep(replace(draft.plan, **changes), instead_of=draft.kept)


def keep() -> MockPlan:
    """The plan as it stands, kept if it was not yet; raises StoreError."""
    draft = now()
    if draft.kept is None:
        store().keep(draft.plan)
    return draft.plan
