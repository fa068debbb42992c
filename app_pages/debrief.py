"""The page for looking back on an interview: what to keep, what to do otherwise, what to remember."""

import streamlit as st

from app_pages import debrief_form, interviews_pick
from app_pages.telling import told

st.title("Debrief", anchor=False)
st.caption("Soon after an interview, on the same day if you can: details fade, and the notes you will write need them.")
with told():
    interview = interviews_pick.show("debrief")
    if interview is not None:
        debrief_form.show(interview)
