"""The page of interviews: all of them, or the one that the address names with everything that is prepared for it."""

import streamlit as st

from app_pages import editing, interviews_chosen, interviews_current, interviews_list
from app_pages.telling import told

st.title("Interviews", anchor=False)
with told():
    chosen = interviews_current.chosen()
    editing.only_about(chosen.id if chosen else "interviews")
    if chosen is None:
        interviews_list.show()
    else:
        interviews_chosen.show(chosen)
