"""A button that hands a page of its own to the browser's printing; nothing of the app around it is printed."""

from __future__ import annotations

from app_pages.components.frontend_component import declare_component

_COMPONENT = declare_component("printing", "print_button.html", "print_button.css", "print_button.js")


def button(label: str, page: str) -> None:
    """A button that prints a whole HTML document."""
    _COMPONENT(key="printing", data={"label": label, "page": page}, width="content", height="content")
