"""The page of what is kept: where it lies, every answer, and the ways to take it out, bring it in and delete it."""

import streamlit as st

from app_pages.data import answer_list, delete_all, disk_usage, transfer
from app_pages.ui import demo_mode
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store

st.title("Your data", anchor=False)
st.caption("Everything you recorded and wrote, on this machine and nowhere else.")
with show_errors():
    kept = get_store()
    delete_all.outcome()
    disk_usage.show(kept)
    with st.expander("Take it with you: export"):
        transfer.show_export_form(kept)
    with st.expander("Bring an export in: import"):
        transfer.show_import_form(kept)
    with st.expander("Delete everything"):
        delete_all.show(kept)
    demo_mode.show_offer()
    answer_list.show(kept)
