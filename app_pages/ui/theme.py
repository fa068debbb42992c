"""The few looks that the theme cannot set: a wider column, recorder buttons big enough to hit, readable captions."""

import streamlit as st

STYLE = """
<style>
.stMainBlockContainer { max-width: 60rem; padding-top: 4.5rem; padding-bottom: 4rem; }
[class*="st-key-simple_recorder"] button { min-width: 2.75rem; min-height: 2.75rem; }
[class*="st-key-simple_recorder"] [data-testid="stAudioInputActionButton"] svg { width: 1.75rem; height: 1.75rem; }
div[data-testid="stCaptionContainer"] { opacity: 0.75; } /* over 4.5:1; the default 0.6 is not, on white */
.st-key-measuring, .st-key-report { scroll-margin-top: 4.5rem; } /* the bar at the top lies over the page */
[class*="st-key-tile_"] { gap: 0.5rem; }
[class*="st-key-tile_"] h3 { padding: 0 0 0.25rem; }
</style>
"""


def apply() -> None:
    """Put the styles on the page."""
    st.html(STYLE)
