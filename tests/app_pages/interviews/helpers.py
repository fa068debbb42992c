"""Helpers for the tests of the interviews page, with the fixture `held`, a store with one interview.

A test module that uses the fixture has
`pytest_plugins = ("tests.support.pages", "tests.app_pages.interviews.helpers")`.
"""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.interviews import HELD, ONE
from tests.support.pages import APP

MARKUP = "<script>alert(1)</script> **bold** [link](x)"


def open_page(section: str = "Prepare", interview: str | None = ONE) -> AppTest:
    """Open the page in a new tab, with or without an interview."""
    tab = AppTest.from_file(APP, default_timeout=30).run()
    tab.switch_page("app_pages/interviews/page.py")
    if interview is not None:
        tab.query_params["interview"] = interview
    tab.run()
    if interview is not None and section != "Prepare":
        tab.button_group(key="section").set_value(section).run()
    assert not tab.exception
    return tab


def list_links(tab: AppTest) -> list[str]:
    return [each.value.replace("\\", "") for each in tab.get("page_link")]


def list_interviews(tab: AppTest) -> list[str]:
    return [each.label.replace("\\", "") for each in tab.button if (each.key or "").startswith("open_")]


@pytest.fixture
def held(kept):
    """Return a store with one interview."""
    kept.save(HELD)
    return kept
