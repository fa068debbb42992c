"""The page that sets two takes of one question side by side: what changed, and whether that is more than chance."""

import streamlit as st

from app_pages import bank, compare_choice, compare_numbers, compare_said
from app_pages.opening import link_to_practice
from app_pages.own_answers import own_answers
from app_pages.own_ranges import own_ranges
from app_pages.telling import told


def page() -> None:
    """Show the whole page."""
    questions = bank.current()
    pair = compare_choice.choose(own_answers(), questions)
    if pair is None:
        st.info(
            "No question has two measured takes yet. Answer one again, and both takes will stand side by side here: "
            "what was said, what changed, and whether the change is more than chance."
        )
        link_to_practice()
        return
    compare_numbers.drill(pair)
    compare_said.timelines(pair)
    compare_numbers.show(pair, own_ranges([pair.now.attempt], questions))
    compare_said.transcripts(pair)


st.title("Compare two takes", anchor=False)
with told():
    page()
