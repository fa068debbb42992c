"""The few looks that the theme cannot set: a wider column, recorder buttons big enough to hit, readable captions."""

from app_pages.ui.templates import show_style


def apply() -> None:
    """Put the styles on the page."""
    show_style("templates/theme.css")
