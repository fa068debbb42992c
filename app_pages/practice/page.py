"""Show the practice page: choose a question, answer it aloud, read the report."""

import streamlit as st

from app_pages.components import recording_inputs
from app_pages.practice import answer, interrupted_attempts, key_points_box, previous_takes, question_picker
from app_pages.ui import practice_state, store_access
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_job_queue

st.title("Answer Aloud", anchor=False)
st.caption("Answer a question aloud, then read how it came across. Everything stays on this machine.")
with show_errors():
    practice_state.open_url()
    store_access.show_migration_warning()
take = practice_state.get_practice_state().attempt_id
was_in_hand = take is not None and get_job_queue().is_pending(take)
with show_errors():
    interrupted_attempts.show_interrupted_attempts()
question = question_picker.pick_question()
with show_errors():
    key_points_box.show_key_points_box(question)
with show_errors():
    previous_takes.show_previous_takes(question)
recording_inputs.show_recording_inputs(question)

if take is not None:
    st.divider()
    with show_errors():
        answer.show_answer(take, question, was_in_hand)
