"""The page for looking back on an interview: what went well, what did not, and what to remember."""

import streamlit as st

from app_pages.components import interview_picker
from app_pages.debrief import form
from app_pages.ui.errors import show_errors

st.title("Debrief", anchor=False)
st.caption("Soon after an interview, on the same day if you can: details fade, and the notes you will write need them.")
with show_errors():
    interview = interview_picker.pick_interview("debrief")
    if interview is not None:
        form.show_form(interview)
