"""The page of the settings, which are checked before they are written to one file."""

import streamlit as st

from app_pages.settings import encryption, form, location
from app_pages.ui.errors import show_errors

st.title("Settings", anchor=False)
st.caption("What you choose here applies to new answers.")
with show_errors():
    with st.container():  # always there: what stands below would be built anew when it came or went
        location.offer_to_copy_answers()
    form.show_form()
    with st.expander("Encryption"):
        encryption.show_section()
