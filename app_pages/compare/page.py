"""Show the comparison page: two takes of one question, what changed, and whether that is more than chance."""

import streamlit as st

from app_pages.compare import choice, numbers, transcripts
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_practice
from app_pages.ui.store_access import get_store
from services.question_bank import find_shared_bands, load_own_answers, load_question_bank
from store.settings import read_settings


def show_page() -> None:
    """Show the whole page below its title."""
    questions = load_question_bank(get_store())
    pair = choice.choose_pair(load_own_answers(get_store()), questions)
    if pair is None:
        st.info(
            "Answer the same question twice, and you'll see both takes here: what you said, what changed, and whether "
            "the change means anything."
        )
        link_to_practice()
        return
    numbers.show_exercise(pair)
    transcripts.show_timelines(pair)
    numbers.show_numbers(pair, find_shared_bands([pair.now.attempt], questions, read_settings().bands))
    transcripts.show_transcripts(pair)


st.title("Compare two takes", anchor=False)
with show_errors():
    show_page()
