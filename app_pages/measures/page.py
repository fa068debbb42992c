"""Show the page that explains each measure: its definition, formula, range and source."""

import streamlit as st

from analysis.measures.registry import MEASURES
from app_pages.report import measure_cards
from app_pages.ui.wording import escape_markdown, get_unit_label

st.title("What is measured", anchor=False)
st.markdown(
    "Every number is about how you spoke, never about you. There's no overall score, because nobody has shown that one "
    "means anything. Filler counts are what the app could hear."
)
for measure in MEASURES.values():
    with st.container(border=True):
        st.markdown(f"**{escape_markdown(measure.label)}** :small[{escape_markdown(get_unit_label(measure))}]")
        measure_cards.show_definition(measure, measure.band)
