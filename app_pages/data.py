"""The page of what is kept: where it lies, every answer, and the ways to take it out, bring it in and delete it."""

import streamlit as st

from app_pages import data_gone, data_in, data_list, data_out, data_place, demo
from app_pages.kept import store
from app_pages.telling import told

st.title("Your data", anchor=False)
st.caption("Everything you recorded and wrote, on this machine and nowhere else.")
with told():
    kept = store()
    data_gone.outcome()
    data_place.show(kept)
    with st.expander("Take it with you: export"):
        data_out.show(kept)
    with st.expander("Bring an export in: import"):
        data_in.show(kept)
    with st.expander("Delete everything"):
        data_gone.show(kept)
    demo.offer()
    data_list.show(kept)
