"""The page of thank-you notes: one to each person met, in the user's own words."""

import streamlit as st

from app_pages.components import interview_picker
from app_pages.thank_you import recipients
from app_pages.ui.errors import show_errors

st.title("Thank-you notes", anchor=False)
st.caption("A few lines to everyone you met, each with something of its own. Nothing is sent from here: you send it.")
with show_errors():
    interview = interview_picker.pick_interview("thanks")
    if interview is not None:
        recipients.show_recipients(interview)
