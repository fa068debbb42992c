"""The page of what is due: the steps after all interviews, grouped by due date."""

import streamlit as st

from app_pages.follow_ups import interviews, step_list, wording
from app_pages.interviews.wording import format_title
from app_pages.ui import current_time, form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_interview, link_to_interviews
from app_pages.ui.query_params import current_interview
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from services.interviews.follow_ups import update_plans
from store.settings import read_settings

st.title("What is due", anchor=False)
with show_errors():
    only = current_interview.load_named()
    form_state.close_forms_of_other_subjects(f"due {only.id if only else ''}")
    if only is not None:
        current_interview.show_back("← Everything that is due")
        st.header(escape_markdown(format_title(only)), anchor=False)
    now = current_time.now()
    interviews.ask_whether_held(now, only)
    plans = update_plans(get_store(), read_settings().holidays, only)
    if plans:
        step_list.show_steps(plans, now)
        interviews.show_interviews(plans, now, only)
    elif only is not None:
        st.info(wording.NOTHING_DUE_FOR_INTERVIEW)
        link_to_interview(only.id, "To the interview")
    else:
        st.info(wording.NOTHING_DUE)
        link_to_interviews("To the interviews")
