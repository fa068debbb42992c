"""The page of the main job: choose a question, answer it aloud, read the report."""

import streamlit as st

from app_pages import arrival, on_screen, picker, report_view, waiting, ways_in
from app_pages.measuring import model
from app_pages.takes import TakeError, shelf
from app_pages.telling import told
from app_pages.wording import plain
from content.questions import question as known

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
            with st.container(key="measuring"):
                waiting.show(take)
            arrival.scroll_to("measuring")
        else:
            with st.container(key="report"):
                if take.question != question.id:
                    st.info(plain(f"This report is for another question: “{known(take.question).asked()}”"))
                report_view.show(take, report)
            arrival.scroll_to("report")
