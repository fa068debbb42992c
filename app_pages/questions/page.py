"""The page of the question bank: find, fill in, hide and practise questions, and add your own."""

from __future__ import annotations

import streamlit as st

from analysis.csv_table import CSV_ENCODING
from analysis.wording import format_count
from app_pages.questions import form, question_filter, question_list
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from interview.questions.own_question_files import ImportedQuestions, as_csv, as_toml
from services.question_bank import QuestionBank, import_own_questions, load_question_bank
from services.question_search import prepare_search

_IMPORTED = "questions_imported"
MAX_MISTAKES_SHOWN = 10


def show_files(known: QuestionBank) -> None:
    """Show the import, and the export if there are questions of the user's own."""
    st.markdown(
        "Your table (CSV) needs a column **text**; kind, competency, stage and the rest are optional. Questions you "
        "already have are skipped."
    )
    with st.container():
        _show_import_messages()
    file = st.file_uploader("A list of questions (CSV or TOML)", ["csv", "toml"], key="questions_upload")
    if st.button("Import", key="questions_import", disabled=file is None) and file is not None:
        with show_errors():
            st.session_state[_IMPORTED] = import_own_questions(get_store(), known, file.name, file.getvalue())
            st.rerun()
    if not known.own:
        st.caption("You have no questions of your own yet. Add one, then export it to get a template.")
        return
    with st.container(horizontal=True):
        mine = list(known.own.values())
        table = as_csv(mine).encode(CSV_ENCODING)
        st.download_button("Export yours (CSV)", table, "questions.csv", "text/csv", on_click="ignore", key="as_csv")
        st.download_button(
            "Export yours (TOML)",
            as_toml(mine),
            "questions.toml",
            "application/toml",
            on_click="ignore",
            key="as_toml",
        )


def _show_import_messages() -> None:
    """Say what the last import brought in, and which questions of the file it could not read."""
    found: ImportedQuestions | None = st.session_state.pop(_IMPORTED, None)
    if found is None:
        return
    st.success(_describe_import(found))
    if found.mistakes:
        shown = "\n".join(f"- {escape_markdown(each)}" for each in found.mistakes[:MAX_MISTAKES_SHOWN])
        more = len(found.mistakes) - MAX_MISTAKES_SHOWN
        rest = f"\n- and {more} more" if more > 0 else ""
        count = format_count(len(found.mistakes), "question").capitalize()
        st.warning(f"{count} couldn't be read. Fix the file and import it again:\n{shown}{rest}")


def _describe_import(found: ImportedQuestions) -> str:
    known = f" You already had {format_count(found.known_count, 'question')} of the file." if found.known_count else ""
    return f"{format_count(len(found.new), 'question').capitalize()} added.{known}"


st.title("Questions", anchor=False)
st.caption("Find a question to practise, see what a good answer contains, or add your own.")
form_state.close_forms_of_other_subjects("questions")
prepare_search()
known = load_question_bank(get_store())
change = form.offer_new_question()
with st.expander("Import / export questions", key="questions_files"):
    show_files(known)
question_list.show_questions(known, question_filter.filter_questions(known), change.question_id if change else None)
