"""The page that sets two takes of one question side by side: what changed, and whether that is more than chance."""

import streamlit as st

from app_pages.compare import choice, numbers, transcripts
from app_pages.ui.errors import told
from app_pages.ui.links import link_to_practice
from app_pages.use_cases import question_bank
from app_pages.use_cases.own_answers import own_answers
from app_pages.use_cases.own_ranges import own_ranges


def page() -> None:
    """Show the whole page."""
    questions = question_bank.current()
    pair = choice.choose(own_answers(), questions)
    if pair is None:
        st.info(
            "No question has two measured takes yet. Answer one again, and both takes will stand side by side here: "
            "what was said, what changed, and whether the change is more than chance."
        )
        link_to_practice()
        return
    numbers.drill(pair)
    transcripts.timelines(pair)
    numbers.show(pair, own_ranges([pair.now.attempt], questions))
    transcripts.transcripts(pair)


st.title("Compare two takes", anchor=False)
with told():
    page()
