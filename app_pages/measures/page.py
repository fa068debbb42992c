"""Show the page that explains each measure: its definition, formula, range and source."""

import streamlit as st

from analysis.measures.registry import MEASURES
from app_pages.report import measure_cards
from app_pages.ui.wording import escape_markdown

st.title("What is measured", anchor=False)
st.markdown(
    "Every number is about the speech, never about the person. There is no overall score, because nobody has shown "
    "that one means anything. A count of fillers is what was *heard*."
)
st.caption(escape_markdown(measure_cards.SYMBOLS_NOTE))
for measure in MEASURES.values():
    with st.container(border=True):
        st.markdown(f"**{escape_markdown(measure.label)}** :small[{escape_markdown(measure.unit)}]")
        measure_cards.show_definition(measure)
