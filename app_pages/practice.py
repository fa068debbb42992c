"""The page of the main job: choose a question, answer it aloud, read the report."""

import streamlit as st

from app_pages import answer, earlier, kept, on_screen, picker, points_box, unfinished, ways_in
from app_pages.measuring import worker
from app_pages.telling import told

st.title("Answer Aloud", anchor=False)
st.caption("Answer a question aloud, then read how it came across. Everything stays on this machine.")
with told():
    on_screen.open_url()
    kept.complaint()
take = on_screen.now().take
was_in_hand = take is not None and worker().has_in_hand(take)
with told():
    unfinished.show()
question = picker.show()
with told():
    points_box.show(question)
with told():
    earlier.show(question)
ways_in.show(question)

if take is not None:
    st.divider()
    with told():
        answer.show(take, question, was_in_hand)
