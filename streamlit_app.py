"""The app in the browser: `streamlit run streamlit_app.py`.

The server imports this file once, for the app and its access control; Streamlit runs it as a script for every page.
"""

from pathlib import Path

import streamlit as st

ICON = Path(__file__).parent / "app_pages" / "templates" / "icon.svg"

if __name__ == "__main__":
    from app_pages.ui.errors import show_all_errors, show_exposure_warning

    # Drawn here: icons from the icon font are fetched from another host, and to look up an emoji takes .2 s.
    st.set_page_config("Answer Aloud", page_icon=ICON.read_text(encoding="utf-8"))
    with show_all_errors():
        from app_pages.centre import gate
        from app_pages.settings import encryption
        from app_pages.ui import demo_mode, frame, store_access, undo
        from app_pages.ui.templates import show_style

        show_style("templates/theme.css")
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
        # first, or the page that was asked for would be forgotten with the question for the passphrase
        page = st.navigation(pages, position="hidden" if encryption.is_asked() else "top")
        encryption.ask_if_needed()
        demo_mode.resume()
        undo.forget_on_another_page(page.url_path)
        frame.show_frame(pages, page)
        demo_mode.show_banner()
        show_exposure_warning()
        page.run()
        store_access.prepare_analysis()  # after the first page, which should not wait for it
else:
    from app_pages.server.app import Entrance

    entrance = Entrance()
    app = st.App(__file__, routes=entrance.routes, middleware=entrance.middleware, lifespan=entrance.lifespan)
