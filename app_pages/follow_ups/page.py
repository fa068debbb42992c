"""The page of what is due: the steps after all interviews, by how they stand to the present moment."""

import streamlit as st

from app_pages.follow_ups import interviews, planning, step_list, wording
from app_pages.interviews import current_interview
from app_pages.interviews.wording import title
from app_pages.ui import current_time, form_state
from app_pages.ui.errors import told
from app_pages.ui.wording import plain

st.title("What is due", anchor=False)
with told():
    only = current_interview.chosen()
    form_state.only_about(f"due {only.id if only else ''}")
    if only is not None:
        current_interview.back("← Everything that is due")
        st.header(plain(title(only)), anchor=False)
    now = current_time.now()
    interviews.maybe_held(now, only)
    plans = planning.all_plans(only)
    if plans:
        step_list.show(plans, now)
        interviews.show(plans, now, only)
    elif only is not None:
        st.info(wording.NONE_OF_THIS)
        current_interview.link(only, "To the interview")
    else:
        st.info(wording.NONE)
        current_interview.all_interviews("To the interviews")
