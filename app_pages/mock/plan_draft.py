"""The plan that is being made in this session; what it is, is decided in services.interviews.mock_plans."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

import streamlit as st

from app_pages.ui.store_access import get_store
from interview.ids import new_id
from interview.mock.plan import MockPlan
from interview.mock.run import MockRun
from services.interviews.mock_plans import SEEDS, PlanDraft, begun_plans, change_plan, draft_plan

_NEXT = "mock_next"  # id and seed of a plan that is not kept yet


def current(plans: Iterable[MockPlan], runs: Iterable[MockRun]) -> PlanDraft:
    """Return the kept plan that nothing was begun from, or else one like the last with other questions."""
    begun = begun_plans(runs)
    name, seed = st.session_state.get(_NEXT, (None, 0))
    if name is None or name in begun:
        name, seed = st.session_state[_NEXT] = (new_id(), random.randrange(SEEDS))  # noqa: S311 - variety
    return draft_plan(tuple(plans), begun, name, seed)


def now() -> PlanDraft:
    """Return the plan as it stands this moment; raises StoreError.

    What is on screen may be older: a click takes along what was chosen just before it, and that is kept first.
    """
    return current(get_store().things(MockPlan), get_store().things(MockRun))


def change(**changes: Any) -> None:
    """Keep the plan with other values; raises EntryError or StoreError."""
    change_plan(get_store(), now(), **changes)
