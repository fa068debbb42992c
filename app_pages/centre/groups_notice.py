"""Say on the page to practise what a coach gave a group of the person and is due next."""

from __future__ import annotations

from app_pages.ui import demo_mode
from app_pages.ui.current_time import now
from app_pages.ui.links import link_to_question
from app_pages.ui.store_access import get_user_store
from app_pages.ui.wording import escape_markdown, format_date
from services.centre.groups import GivenQuestion, find_next
from services.centre.sign_in import is_centre


def show_next_given() -> None:
    """Link to the question that is due next; nothing without one, and for a single user. Raises StoreError."""
    if demo_mode.is_on() or not is_centre():
        return
    found = find_next(get_user_store())
    if found is None:
        return
    joined, each = found
    text = f"From {joined.coach_name}, {say_due(each)}: {each.question.fill_slots()}"
    link_to_question(each.question.id, escape_markdown(text))


def say_due(each: GivenQuestion) -> str:
    """Return until when a question is to be answered, in words."""
    day = format_date(each.given.due)
    return f"until {day}" if each.given.due >= now().date() else f"was due on {day}"
