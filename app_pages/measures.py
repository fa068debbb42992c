"""The page that says what is measured, how, and where every range comes from."""

import streamlit as st

from analysis.targets import MEASURES
from app_pages import tiles
from app_pages.wording import plain

st.title("What is measured", anchor=False)
st.markdown(
    "Every number is about the speech, never about the person. There is no overall score, because nobody has shown "
    "that one means anything. A count of fillers is what was *heard*."
)
st.caption(plain(tiles.LETTERS))
for measure in MEASURES.values():
    with st.container(border=True):
        st.markdown(f"**{plain(measure.label)}** :small[{plain(measure.unit)}]")
        tiles.definition(measure)
