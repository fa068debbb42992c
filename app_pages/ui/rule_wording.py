"""Rules for the time after an interview in words: pure functions, no widget."""

from __future__ import annotations

from app_pages.ui.wording import plain
from content.follow_up_rules import Rule


def advice(rule: Rule) -> str:
    """A rule with why and its document, as Markdown."""
    return f"**{plain(rule.title)}.** {plain(rule.text)} {because(rule)}"


def because(rule: Rule) -> str:
    """Why, and which document it is from, as Markdown in small."""
    return f":small[{plain(rule.why)} {plain(str(rule.citation))}]"
