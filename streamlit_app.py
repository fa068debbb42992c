"""The app in the browser: `streamlit run streamlit_app.py`.

The server imports this file once, for the app and its access control; Streamlit runs it as a script for every page.
"""

import streamlit as st

if __name__ == "__main__":
    from app_pages.ui.errors import show_all_errors, show_exposure_warning

    st.set_page_config(
        "Answer Aloud", page_icon="🎙️"
    )  # an emoji: icons from the icon font are fetched from another host
    with show_all_errors():
        from app_pages.centre import gate
        from app_pages.settings import encryption
        from app_pages.ui import demo_mode, frame, store_access
        from app_pages.ui.templates import show_style

        show_style("templates/theme.css")
        encryption.ask_if_needed()
        account = gate.pass_gate()
        pages = {
            "": [
                st.Page("app_pages/practice/page.py", title="Practise", url_path="practice", default=True),
                st.Page("app_pages/mock/page.py", title="Mock interview", url_path="mock"),
                st.Page("app_pages/questions/page.py", title="Questions", url_path="questions"),
                st.Page("app_pages/progress/page.py", title="Progress", url_path="progress"),
                st.Page("app_pages/compare/page.py", title="Compare", url_path="compare"),
                st.Page("app_pages/data/page.py", title="Your data", url_path="data"),
            ],
            "Interviews": [
                st.Page("app_pages/interviews/page.py", title="Interviews", url_path="interviews"),
                st.Page("app_pages/debrief/page.py", title="Debrief", url_path="debrief"),
                st.Page("app_pages/thank_you/page.py", title="Thank-you notes", url_path="thanks"),
                st.Page("app_pages/follow_ups/page.py", title="What is due", url_path="due"),
            ],
            "More": [
                st.Page("app_pages/settings/page.py", title="Settings", url_path="settings"),
                st.Page("app_pages/measures/page.py", title="What is measured", url_path="measures"),
                *gate.list_pages(account),
            ],
        }
        page = st.navigation(pages, position="top")
        demo_mode.resume()
        frame.show_frame(pages, page)
        demo_mode.show_banner()
        show_exposure_warning()
        page.run()
        store_access.prepare_analysis()  # after the first page, which should not wait for it
else:
    from app_pages.server.app import Entrance

    entrance = Entrance()
    app = st.App(__file__, routes=entrance.routes, middleware=entrance.middleware, lifespan=entrance.lifespan)
