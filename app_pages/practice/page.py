"""The page of the main job: choose a question, answer it aloud, read the report."""

import streamlit as st

from app_pages.components import interrupted_takes, recording_inputs
from app_pages.practice import answer, interrupted_attempts, key_points_box, previous_takes, question_picker
from app_pages.ui import practice_state, store_access
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_job_queue

st.title("Answer Aloud", anchor=False)
st.caption("Answer a question aloud, then read how it came across. Everything stays on this machine.")
with show_errors():
    practice_state.open_url()
    store_access.show_migration_warning()
take = practice_state.now().attempt_id
was_in_hand = take is not None and get_job_queue().is_pending(take)
with st.container(), show_errors():  # one place whatever is offered, so that what stands below keeps its own
    interrupted_takes.show_all()
    interrupted_attempts.show()
question = question_picker.show()
with show_errors():
    key_points_box.show(question)
with show_errors():
    previous_takes.show(question)
recording_inputs.show(question)

if take is not None:
    st.divider()
    with show_errors():
        answer.show(take, question, was_in_hand)
