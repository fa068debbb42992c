"""The way in for the browser: `streamlit run streamlit_app.py`."""

import streamlit as st

from app_pages import look

st.set_page_config("Answer Aloud", page_icon="🎙️")  # an emoji: icons from the icon font are fetched from another host
look.apply()
pages = [
    st.Page("app_pages/practice.py", title="Practise", default=True),
    st.Page("app_pages/measures.py", title="What is measured"),
]
st.navigation(pages, position="top").run()
