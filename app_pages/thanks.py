"""The page of thank-you notes: one to each person met, out of the user's own words."""

import streamlit as st

from app_pages import interviews_pick, thanks_people
from app_pages.telling import told

st.title("Thank-you notes", anchor=False)
st.caption("A few lines to everyone you met, each with something of its own. Nothing is sent from here: you send it.")
with told():
    interview = interviews_pick.show("thanks")
    if interview is not None:
        thanks_people.show(interview)
