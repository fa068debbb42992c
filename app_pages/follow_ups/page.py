"""The page of what is due: the steps after all interviews, by how they stand to the present moment."""

import streamlit as st

from app_pages.follow_ups import interviews, step_list, wording
from app_pages.interviews.wording import title
from app_pages.ui import current_time, form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_interview, link_to_interviews
from app_pages.ui.query_params import current_interview
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import plain
from services.interviews.follow_ups import update_plans
from store.settings import read_settings

st.title("What is due", anchor=False)
with show_errors():
    only = current_interview.chosen()
    form_state.only_about(f"due {only.id if only else ''}")
    if only is not None:
        current_interview.show_back("← Everything that is due")
        st.header(plain(title(only)), anchor=False)
    now = current_time.now()
    interviews.maybe_held(now, only)
    plans = update_plans(get_store(), read_settings().holidays, only)
    if plans:
        step_list.show(plans, now)
        interviews.show(plans, now, only)
    elif only is not None:
        st.info(wording.NONE_OF_THIS)
        link_to_interview(only.id, "To the interview")
    else:
        st.info(wording.NONE)
        link_to_interviews("To the interviews")
