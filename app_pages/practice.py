"""The page of the main job: choose a question, answer it aloud, read the report."""

import streamlit as st

from app_pages import on_screen, picker, report_view, waiting, ways_in
from app_pages.measuring import model
from app_pages.takes import TakeError, shelf
from app_pages.telling import told

st.title("Answer Aloud", anchor=False)
st.caption("Answer a question aloud, then read how it came across. Everything stays on this machine.")
with told():
    on_screen.open_url()
question = picker.show()
ways_in.show(question.id)

take = on_screen.now().take
if take is not None:
    st.divider()
    with told():
        if not shelf().has(take):
            raise TakeError("This take is not on this machine. It may have been deleted; record the answer again.")
        report = shelf().report(take, model())
        if report is None:
            waiting.show(take)
        else:
            report_view.show(take, report)
