"""The page of interviews: all of them, or the one that the address names with its preparation."""

import streamlit as st

from app_pages.interviews import details, interview_list
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.query_params import current_interview

st.title("Interviews", anchor=False)
with show_errors():
    chosen = current_interview.load_named()
    form_state.close_forms_of_other_subjects(chosen.id if chosen else "interviews")
    if chosen is None:
        interview_list.show_interviews()
    else:
        details.show_interview(chosen)
