"""Open the page of the user's data in a new tab, and read what it shows."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.support.pages import APP

PAGE = "app_pages/data/page.py"


def open_page(path: str = PAGE) -> AppTest:
    page = AppTest.from_file(APP, default_timeout=60).run()
    return page.switch_page(path).run()


def list_answer_ids(page: AppTest) -> list[str]:
    """Return the ids of the listed answers, from top to bottom."""
    keys = [button.key or "" for button in page.button]
    return [key[len("delete_") :] for key in keys if len(key) == len("delete_") + 32]


def press(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception
    return page


def list_downloads(page: AppTest) -> list[str]:
    return [element.proto.label for element in page.get("download_button")]


def read_files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
