"""What to prepare for an interview: the lists of the moment, and the research on those who invite."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import streamlit as st

from app_pages.ui import current_time
from app_pages.ui.errors import show_errors
from app_pages.ui.links import DEBRIEF_PAGE, FOLLOW_UPS_PAGE, THANK_YOU_PAGE, link_to_interview, link_to_question
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from content.checklists import Checklist, ChecklistItem, load_checklists
from content.questions import get_question
from interview.checklist_tick import ListTick
from interview.interview import Interview, InterviewState
from interview.research import ResearchNotes, make_research_id
from interview.validation import MAX_TEXT_CHARACTERS, split_lines
from services.interviews.belongings import find_general_ticks, find_research, find_ticks, toggle_tick
from services.interviews.debriefs import find_earlier_debriefs
from services.question_bank import QuestionBank, load_question_bank

_SEEN = "research_seen"
BEFORE_APPLYING = "before_applying"  # key of the list that belongs to no interview
CARDS = ("in_the_conversation", "as_it_ends")  # lists that nobody can tick while they are needed
SECOND_STAGE = "second"
FIELDS = {
    "values": ("Values", "What they say they stand for, in their words"),
    "news": ("News and plans", "What happened recently, what they announced"),
    "projects": ("Projects and products", "What they work on"),
    "people": ("People", "Who works there, what they wrote or said"),
}


def show_checklists(interview: Interview) -> None:
    """Show the lists of the moment, what to read the evening before as a card, and the others folded away.

    Raises:
        StoreError: the data cannot be read.
    """
    ticks, known = find_ticks(get_store(), interview), load_question_bank(get_store())
    lists = {each.key: each for each in load_checklists() if each.key != BEFORE_APPLYING}
    now = find_lists_of_moment(interview, current_time.now().date())
    _show_last_time(interview)
    if interview.state is not InterviewState.UPCOMING and not now:
        _show_what_follows(interview)
    for key in now:
        _show_list(lists[key], ticks, interview.id, known, is_open=True)
    others = [each for key, each in lists.items() if key not in now]
    if others:
        with st.container(key="other_lists"):
            st.caption("Other lists. Every tip has a reason and a source.")
            for each in others:
                _show_list(each, ticks, interview.id, known, is_open=False)


def _show_what_follows(interview: Interview) -> None:
    with st.container(border=True, key="afterwards"):
        st.markdown("This interview is over. Now:")
        link_to_interview(interview.id, "1. Look back on it while it's fresh", DEBRIEF_PAGE)
        link_to_interview(interview.id, "2. Thank everyone you met, within a day", THANK_YOU_PAGE)
        link_to_interview(interview.id, "3. See what else is due, and when", FOLLOW_UPS_PAGE)


def show_before_applying(*, is_open: bool) -> None:
    """Show the list for the time before there is an interview.

    Raises:
        StoreError: the data cannot be read.
    """
    found = next(each for each in load_checklists() if each.key == BEFORE_APPLYING)
    ticks, known = find_general_ticks(get_store()), load_question_bank(get_store())
    _show_list(found, ticks, None, known, is_open=is_open)


def find_lists_of_moment(interview: Interview, today: date) -> tuple[str, ...]:
    """Return the keys of the lists that matter on a day, by the date, the stage and the status of an interview."""
    if interview.state is InterviewState.INVITED_AGAIN:
        return ("before_second",)
    if interview.state is not InterviewState.UPCOMING:
        return ()
    days = (interview.on_day - today).days if interview.on_day else None
    if days is None or days > 1:
        return ("before_second",) if interview.stage == SECOND_STAGE else ("before_screen",)
    if days < 0:
        return ()
    return ("day_before" if days == 1 else "the_day", *CARDS)


def _show_last_time(interview: Interview) -> None:
    """Show what the debriefs of earlier interviews at this company lead to."""
    lessons = [lesson for each in find_earlier_debriefs(get_store(), interview) for lesson in each.lessons]
    if not lessons:
        return
    with st.container(border=True, key="last_time"):
        st.markdown("**From your last debrief**")
        for lesson in dict.fromkeys(lessons):
            link_to_question(lesson.question, escape_markdown(lesson.text))


def _show_list(
    found: Checklist, ticks: Mapping[str, ListTick], interview: str | None, known: QuestionBank, *, is_open: bool
) -> None:
    if found.key in CARDS:
        _show_reading_card(found, is_open=is_open)
        return
    label = f"{found.label} · {_count_done(ticks, found)} of {len(found.items)} done"
    with st.expander(escape_markdown(label), expanded=is_open, key=f"list_{found.key}"):
        for item in found.items:
            _show_item(item, ticks.get(item.id), interview, known)


def _show_reading_card(found: Checklist, *, is_open: bool) -> None:
    """Show a list that cannot be ticked while it is needed, to be read the evening before."""
    label = f"{found.label} · a card to read the evening before"
    with st.expander(escape_markdown(label), expanded=is_open, key=f"list_{found.key}"):
        for item in found.items:
            say = f" Say: *{escape_markdown(f'“{item.say}”')}*" if item.say else ""
            st.markdown(
                f"**{escape_markdown(item.text)}**{say}  \n:small[{escape_markdown(item.why)}]",
                help=escape_markdown(str(item.citation)),
            )


def _count_done(ticks: Mapping[str, ListTick], *lists: Checklist) -> int:
    return sum(item.id in ticks for each in lists for item in each.items)


def _show_item(item: ChecklistItem, tick: ListTick | None, interview: str | None, known: QuestionBank) -> None:
    key = f"tick_{item.id}"
    st.session_state[key] = tick is not None
    with st.container(gap="xsmall", key=f"entry_{item.id}"):
        st.checkbox(
            escape_markdown(item.text),
            key=key,
            help=escape_markdown(str(item.citation)),
            on_change=_toggle,
            args=(item.id, tick, interview),
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(escape_markdown(item.why), width="content")
            if item.practise:
                with st.popover("Practise", type="tertiary"):
                    for question_id in item.practise:
                        link_to_question(question_id, escape_markdown(known.format_text(get_question(question_id))))


def _toggle(entry: str, tick: ListTick | None, interview: str | None) -> None:
    """Set or remove a tick, unless another window did so meanwhile."""
    with show_errors():
        toggle_tick(get_store(), interview, entry, tick, datetime.now().astimezone())


def show_research(interview: Interview) -> None:
    """Show the notes in fields that can be edited and saved.

    Raises:
        StoreError: the data cannot be read.
    """
    st.markdown("One note per line, a few words each. Your questions to ask are made from them, in the next section.")
    seen = _read_shown_notes(interview)
    with st.form("research", enter_to_submit=False):
        typed = {field: _show_field(field, seen, interview) for field in FIELDS}
        saves = st.form_submit_button("Save notes", type="primary", key="research_save")
    if saves:
        with show_errors():
            notes = {field: split_lines(typed[field]) for field in FIELDS}
            _save(seen, ResearchNotes(make_research_id(interview.id), interview.id, **notes))


def _show_field(field: str, seen: ResearchNotes | None, interview: Interview) -> str:
    label, hint = FIELDS[field]
    lines = "\n".join(getattr(seen, field)) if seen else ""
    return st.text_area(label, lines, 110, MAX_TEXT_CHARACTERS, key=f"in_{field}_{interview.id}", placeholder=hint)


def _read_shown_notes(interview: Interview) -> ResearchNotes | None:
    """Return the notes the fields were filled with; read again whenever the fields appear."""
    if _SEEN not in st.session_state or f"in_values_{interview.id}" not in st.session_state:
        st.session_state[_SEEN] = find_research(get_store(), interview)
    seen: ResearchNotes | None = st.session_state[_SEEN]
    return seen


def _save(seen: ResearchNotes | None, new: ResearchNotes) -> None:
    get_store().save(new, expected=seen)
    st.session_state[_SEEN] = new
    st.success("Notes saved. Your questions to ask follow from them.")
