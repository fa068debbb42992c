"""Show the page of the user's data: disk usage, answers, export, import and deletion."""

import streamlit as st

from app_pages.data import answer_list, delete_all, disk_usage, export_form, import_form
from app_pages.ui import demo_mode
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store

st.title("Your data", anchor=False)
st.caption("Everything you recorded and wrote, on this machine and nowhere else.")
with show_errors():
    kept = get_store()
    delete_all.show_outcome()
    disk_usage.show_disk_usage(kept)
    with st.expander("Take it with you: export"):
        export_form.show_export_form(kept)
    with st.expander("Bring an export in: import"):
        import_form.show_import_form(kept)
    with st.expander("Delete everything"):
        delete_all.show_delete_form(kept)
    demo_mode.show_offer()
    answer_list.show_answers(kept)
