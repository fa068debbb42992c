"""The page of what is due, and what stands on it; its clock and a store as the fixtures `clock` and `evening`.

The interview is over on Wednesday 11 March 2026 at 11:00 in Vienna, and they decide by Friday 20 March. A test module
that wants the fixtures says `pytest_plugins = ("tests.support.pages", "tests.app_pages.follow_ups.helpers")`.
"""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.ui import current_time
from interview.follow_up.follow_up import FollowUp
from tests.support.interviews import HELD, MARIA, at
from tests.support.pages import APP, texts

THANK = "Thank Maria Okafor"
CALL = "If you have heard nothing: call (1 of 2)"


@pytest.fixture
def clock(monkeypatch):
    """Sets the page's clock."""

    def show(text: str, zone: str = "Europe/Vienna") -> None:
        monkeypatch.setattr(current_time, "now", lambda: at(text, zone))

    show("2026-03-11 18:00")
    return show


@pytest.fixture
def evening(kept, clock):
    """The store with an interview and one of its people, in the evening of the day."""
    for thing in (HELD, MARIA):
        kept.keep(thing)
    return kept


def opened() -> AppTest:
    tab = AppTest.from_file(APP, default_timeout=30).run()
    tab.switch_page("app_pages/follow_ups/page.py")
    tab.run()
    assert not tab.exception
    return tab


def step(store, title: str) -> FollowUp:
    (found,) = [each for each in store.things(FollowUp) if each.title == title]
    return found


def titles(store) -> set[str]:
    return {each.title for each in store.things(FollowUp)}


def press(tab: AppTest, key: str) -> AppTest:
    tab.button(key=key).click().run()
    assert not tab.exception
    return tab


def save(tab: AppTest, form: str) -> AppTest:
    return press(tab, f"{form}_save")


def group(tab: AppTest, title: str) -> str:
    """The heading that a step stands under, where it is one of the groups that are not folded away."""
    heading = ""
    for each in walk(tab.main):
        if each.type == "subheader":
            heading = each.value.split(" (")[0]
        elif each.type == "markdown" and each.value.replace("\\", "").startswith(f"**{title}**"):
            return heading
    raise AssertionError(f"no step {title}: {texts(tab)}")


def walk(block):
    for each in block.children.values():
        if hasattr(each, "children"):
            yield from walk(each)
        else:
            yield each
