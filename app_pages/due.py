"""The page of what is due: the steps after all interviews, by how they stand to the present moment."""

import streamlit as st

from app_pages import due_clock, due_interview, due_list, due_plans, due_words, editing, interviews_current
from app_pages.telling import told

st.title("What is due", anchor=False)
with told():
    editing.only_about("due")
    now = due_clock.now()
    due_interview.maybe_held(now)
    plans = due_plans.all_plans()
    if plans:
        due_list.show(plans, now)
        due_interview.show(plans, now)
    else:
        st.info(due_words.NONE)
        interviews_current.all_interviews("To the interviews")
