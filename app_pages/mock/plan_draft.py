"""The plan being edited in this session; its rules are in services.interviews.mock_plans."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

import streamlit as st

from app_pages.components.field_picker import get_field
from app_pages.ui.store_access import get_store
from interview.ids import make_id
from interview.mock.plan import MockPlan
from interview.mock.run import MockRun
from services.interviews.mock_plans import SEED_COUNT, PlanDraft, change_plan, draft_plan, find_begun_plans

_NEXT = "mock_next"  # id and seed of a plan that is not kept yet


def open_draft(plans: Iterable[MockPlan], runs: Iterable[MockRun]) -> PlanDraft:
    """Return the stored plan that no run was begun from, or a new one like the last with other questions.

    Args:
        plans: all stored plans, the latest last.
        runs: all stored runs.
    """
    begun = find_begun_plans(runs)
    name, seed = st.session_state.get(_NEXT, (None, 0))
    if name is None or name in begun:
        name, seed = st.session_state[_NEXT] = (make_id(), random.randrange(SEED_COUNT))  # noqa: S311 - variety
    return draft_plan(tuple(plans), begun, name, seed, get_field())


def read_draft() -> PlanDraft:
    """Return the plan as it is stored at this moment.

    The plan on screen may be older: a click also sends what was changed just before it, and that is
    stored first.

    Raises:
        StoreError: the data cannot be read.
    """
    return open_draft(get_store().load_documents(MockPlan), get_store().load_documents(MockRun))


def change(**changes: Any) -> None:
    """Store the plan with other values.

    Args:
        **changes: fields of `MockPlan` with their new values.

    Raises:
        EntryError: a value is not allowed.
        StoreError: the plan cannot be stored.
    """
    change_plan(get_store(), read_draft(), **changes)
