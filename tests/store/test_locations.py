"""The password of a database address is not shown, and is not lost when the address is saved again."""

from __future__ import annotations

import pytest

from store.locations import fill_in_password, hide_password

KNOWN = "postgresql+psycopg://me:pä%40ss@host/answers"


def test_the_password_is_not_shown() -> None:
    assert hide_password(KNOWN) == "postgresql+psycopg://me:***@host/answers"


@pytest.mark.parametrize("address", ["", "sqlite:////tmp/x.db", "postgresql+psycopg://me@host/answers", "no address"])
def test_an_address_without_one_is_shown_as_it_is(address: str) -> None:
    assert hide_password(address) == address


def test_what_was_shown_and_saved_again_is_the_same_address() -> None:
    assert fill_in_password(hide_password(KNOWN), KNOWN) == KNOWN


def test_a_change_beside_the_password_keeps_it() -> None:
    changed = fill_in_password("postgresql+psycopg://me:***@host/other", KNOWN)
    assert changed.endswith("@host/other")
    assert "***" not in changed
    assert "%40ss" in changed


@pytest.mark.parametrize("typed", ["", "postgresql+psycopg://me:new@host/answers", "sqlite:////tmp/y.db", "nonsense"])
def test_what_is_typed_anew_is_taken_as_it_is(typed: str) -> None:
    assert fill_in_password(typed, KNOWN) == typed
