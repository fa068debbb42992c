"""The page of the question bank: find, fill in, hide and practise questions, and add your own."""

import streamlit as st

from app_pages.questions import files, form, question_filter, question_list
from app_pages.ui import form_state
from app_pages.ui.store_access import get_store
from services.question_bank import load_question_bank

st.title("Questions", anchor=False)
st.caption("Everything there is to practise, with what a good answer contains and where that comes from.")
form_state.close_forms_of_other_subjects("questions")
known = load_question_bank(get_store())
form.offer_new_question()
with st.expander("Bring questions in, take yours out", key="questions_files"):
    files.show_files(known)
question_list.show_questions(known, question_filter.filter_questions(known))
