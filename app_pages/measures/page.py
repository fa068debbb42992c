"""The page that says what is measured, how, and where every range comes from."""

import streamlit as st

from analysis.measures.registry import MEASURES
from app_pages.report import measure_cards
from app_pages.ui.wording import plain

st.title("What is measured", anchor=False)
st.markdown(
    "Every number is about the speech, never about the person. There is no overall score, because nobody has shown "
    "that one means anything. A count of fillers is what was *heard*."
)
st.caption(plain(measure_cards.LETTERS))
for measure in MEASURES.values():
    with st.container(border=True):
        st.markdown(f"**{plain(measure.label)}** :small[{plain(measure.unit)}]")
        measure_cards.definition(measure)
