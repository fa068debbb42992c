"""Render the templates that lie in folders beside the pages; whatever is put into one stays text.

A template is named by its path from `app_pages`: "compare/templates/said.html".
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

PAGES = Path(__file__).parents[1]


@dataclass(frozen=True)
class InlineFile:
    """A style or a script that stands inside a page of its own, whose content security policy lets only it through."""

    text: Markup
    digest: str  # as the policy names it


def render_template(name: str, **values: object) -> str:
    """Return the HTML of a template."""
    return _environment().get_template(name).render(**values)


def show_template(name: str, **values: object) -> None:
    """Put the HTML of a template on the page."""
    st.html(render_template(name, **values))


def show_style(name: str) -> None:
    """Put a style on the page, for everything that is on it."""
    st.html(PAGES / name)


@cache
def load_inline(*names: str) -> InlineFile:
    """Return a file of ours to be put into a page as it is; several are joined in their order."""
    text = "".join((PAGES / name).read_text(encoding="utf-8") for name in names)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return InlineFile(Markup(text), f"sha256-{digest}")  # noqa: S704 - our own file, which the user has no part in


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
