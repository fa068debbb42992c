"""The way in for the browser: `streamlit run streamlit_app.py`."""

import streamlit as st

from app_pages.telling import no_traceback

st.set_page_config("Answer Aloud", page_icon="🎙️")  # an emoji: icons from the icon font are fetched from another host
with no_traceback():
    from app_pages import demo, exposure, look

    look.apply()
    pages = {
        "": [
            st.Page("app_pages/practice.py", title="Practise", default=True),
            st.Page("app_pages/mock.py", title="Mock interview"),
            st.Page("app_pages/questions.py", title="Questions"),
            st.Page("app_pages/progress.py", title="Progress"),
            st.Page("app_pages/compare.py", title="Compare"),
            st.Page("app_pages/data.py", title="Your data"),
        ],
        "Interviews": [
            st.Page("app_pages/interviews.py", title="Interviews"),
            st.Page("app_pages/debrief.py", title="Debrief"),
            st.Page("app_pages/thanks.py", title="Thank-you notes"),
            st.Page("app_pages/due.py", title="What is due"),
        ],
        "More": [
            st.Page("app_pages/settings.py", title="Settings"),
            st.Page("app_pages/measures.py", title="What is measured"),
        ],
    }
    page = st.navigation(pages, position="top")
    demo.banner()
    exposure.warn()
    page.run()
