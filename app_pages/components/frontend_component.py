"""Declare a component whose HTML, CSS and JavaScript are files in the folder `frontend`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

FRONTEND_FOLDER = Path(__file__).parent / "frontend"


def declare_component(name: str, *files: str) -> Callable[..., Any]:
    """Return a component by the names of its files; several scripts are joined in their order.

    It is drawn with `data`, any JSON value, which comes to its script as the only item of a list: Streamlit loads
    pandas, which takes most of a second, to look for tables among the values of a dictionary. Streamlit hears of it
    when it is drawn for the first time, so a module that declares one can be imported before there is a page.
    """

    def draw(*, data: Any, **options: Any) -> Any:
        return _register(name, files)(data=[data], **options)

    return draw


@cache
def _register(name: str, files: tuple[str, ...]) -> Callable[..., Any]:
    texts = {"html": "", "css": "", "js": ""}
    for file in files:
        texts[file.rpartition(".")[2]] += (FRONTEND_FOLDER / file).read_text(encoding="utf-8")
    return st.components.v2.component(name, html=texts["html"], css=texts["css"], js=texts["js"])
