"""Helpers for the tests of the page of what is due, with its fixtures `clock` and `evening`.

The interview is over on Wednesday 11 March 2026 at 11:00 in Vienna, and they decide by Friday
20 March. A test module that uses the fixtures has
`pytest_plugins = ("tests.support.pages", "tests.app_pages.follow_ups.helpers")`.
"""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.ui import current_time
from interview.follow_up.follow_up import FollowUp
from tests.support.interviews import HELD, MARIA, make_local_time
from tests.support.pages import APP, list_texts

THANK = "Thank Maria Okafor"
CALL = "If you have heard nothing: call (1 of 2)"


@pytest.fixture
def clock(monkeypatch):
    """Return a function that sets the page's clock."""

    def show(text: str, zone: str = "Europe/Vienna") -> None:
        monkeypatch.setattr(current_time, "now", lambda: make_local_time(text, zone))

    show("2026-03-11 18:00")
    return show


@pytest.fixture
def evening(kept, clock):
    """Return a store with an interview and one of its people, on the evening of that day."""
    for thing in (HELD, MARIA):
        kept.save(thing)
    return kept


def open_page() -> AppTest:
    tab = AppTest.from_file(APP, default_timeout=30).run()
    tab.switch_page("app_pages/follow_ups/page.py")
    tab.run()
    assert not tab.exception
    return tab


def find_step(store, title: str) -> FollowUp:
    (found,) = [each for each in store.load_documents(FollowUp) if each.title == title]
    return found


def list_titles(store) -> set[str]:
    return {each.title for each in store.load_documents(FollowUp)}


def press(tab: AppTest, key: str) -> AppTest:
    tab.button(key=key).click().run()
    assert not tab.exception
    return tab


def save(tab: AppTest, form: str) -> AppTest:
    return press(tab, f"{form}_save")


def find_group(tab: AppTest, title: str) -> str:
    """Return the heading above a step, if it is in one of the groups that are not folded away."""
    heading = ""
    for each in walk_elements(tab.main):
        if each.type == "header":
            heading = each.value.split(" (")[0]
        elif each.type == "markdown" and each.value.replace("\\", "").startswith(f"**{title}**"):
            return heading
    raise AssertionError(f"no step {title}: {list_texts(tab)}")


def walk_elements(block):
    for each in block.children.values():
        if hasattr(each, "children"):
            yield from walk_elements(each)
        else:
            yield each
