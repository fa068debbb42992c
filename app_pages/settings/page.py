"""The page of the settings: everything that can be set, checked before it is written to the one file."""

import streamlit as st

from app_pages.settings import form, location
from app_pages.ui.errors import show_errors
from app_pages.ui.wording import plain
from store.settings import settings_file

st.title("Settings", anchor=False)
st.caption(plain(f"Kept in {settings_file()}, where they can also be written by hand."))
with show_errors():
    with st.container():  # always there: what stands below would be built anew when it came or went
        location.after_moving()
    form.show()
