"""The page of what is due: the steps after all interviews, by how they stand to the present moment."""

import streamlit as st

from app_pages import due_clock, due_interview, due_list, due_plans, due_words, editing, interviews_current
from app_pages.interviews_words import title
from app_pages.telling import told
from app_pages.wording import plain

st.title("What is due", anchor=False)
with told():
    only = interviews_current.chosen()
    editing.only_about(f"due {only.id if only else ''}")
    if only is not None:
        interviews_current.back("← Everything that is due")
        st.header(plain(title(only)), anchor=False)
    now = due_clock.now()
    due_interview.maybe_held(now, only)
    plans = due_plans.all_plans(only)
    if plans:
        due_list.show(plans, now)
        due_interview.show(plans, now, only)
    elif only is not None:
        st.info(due_words.NONE_OF_THIS)
        interviews_current.link(only, "To the interview")
    else:
        st.info(due_words.NONE)
        interviews_current.all_interviews("To the interviews")
