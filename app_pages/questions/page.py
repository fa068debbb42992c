"""The page of the question bank: find, fill in, hide and practise questions, and add your own."""

from __future__ import annotations

import streamlit as st

from analysis.csv_table import CSV_ENCODING
from analysis.wording import format_count
from app_pages.questions import form, question_filter, question_list
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store
from interview.questions.own_question_files import ImportedQuestions, as_csv, as_toml
from services.question_bank import QuestionBank, import_own_questions, load_question_bank

_IMPORT_MESSAGE = "questions_imported"


def show_files(known: QuestionBank) -> None:
    """Show the import, and the export if there are questions of the user's own."""
    st.markdown(
        "A table (CSV) needs a column **text**; kind, competency, stage and the others may be left out. Questions with "
        "the same words as one of yours are left out."
    )
    if _IMPORT_MESSAGE in st.session_state:
        st.success(st.session_state.pop(_IMPORT_MESSAGE))
    file = st.file_uploader("A list of questions (CSV or TOML)", ["csv", "toml"], key="questions_upload")
    if st.button("Bring them in", key="questions_import", disabled=file is None) and file is not None:
        with show_errors():
            _import_questions(known, file.name, file.getvalue())
    if not known.own:
        st.caption("You have no questions of your own yet. The first one can be taken out again as a pattern.")
        return
    with st.container(horizontal=True):
        mine = list(known.own.values())
        table = as_csv(mine).encode(CSV_ENCODING)
        st.download_button("Take yours out (CSV)", table, "questions.csv", "text/csv", on_click="ignore", key="as_csv")
        st.download_button(
            "Take yours out (TOML)",
            as_toml(mine),
            "questions.toml",
            "application/toml",
            on_click="ignore",
            key="as_toml",
        )


def _import_questions(known: QuestionBank, name: str, data: bytes) -> None:
    found = import_own_questions(get_store(), known, name, data)
    st.session_state[_IMPORT_MESSAGE] = _describe_import(found)
    st.rerun()


def _describe_import(found: ImportedQuestions) -> str:
    known = (
        f" {format_count(found.known_count, 'question').capitalize()} of the file you had already."
        if found.known_count
        else ""
    )
    return f"{format_count(len(found.new), 'question').capitalize()} added.{known}"


st.title("Questions", anchor=False)
st.caption("Everything there is to practise, with what a good answer contains and where that comes from.")
form_state.close_forms_of_other_subjects("questions")
known = load_question_bank(get_store())
form.offer_new_question()
with st.expander("Bring questions in, take yours out", key="questions_files"):
    show_files(known)
question_list.show_questions(known, question_filter.filter_questions(known))
