"""The page that sets two takes of one question side by side: what changed, and whether that is more than chance."""

import streamlit as st

from app_pages.compare import choice, numbers, transcripts
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_practice
from app_pages.ui.store_access import get_store
from services.question_bank import load_question_bank, own_answers, shared_own_bands
from store.settings import read_settings


def page() -> None:
    """Show the whole page."""
    questions = load_question_bank(get_store())
    pair = choice.choose(own_answers(get_store()), questions)
    if pair is None:
        st.info(
            "No question has two measured takes yet. Answer one again, and both takes will stand side by side here: "
            "what was said, what changed, and whether the change is more than chance."
        )
        link_to_practice()
        return
    numbers.drill(pair)
    transcripts.timelines(pair)
    numbers.show(pair, shared_own_bands([pair.now.attempt], questions, read_settings().bands))
    transcripts.transcripts(pair)


st.title("Compare two takes", anchor=False)
with show_errors():
    page()
