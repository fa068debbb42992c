"""The few looks that the theme cannot set: a wider column, and recorder buttons big enough to hit."""

import streamlit as st

STYLE = """
<style>
.stMainBlockContainer { max-width: 60rem; padding-top: 4.5rem; padding-bottom: 4rem; }
.st-key-recorder button { min-width: 2.75rem; min-height: 2.75rem; }
.st-key-recorder [data-testid="stAudioInputActionButton"] svg { width: 1.75rem; height: 1.75rem; }
[class*="st-key-tile_"] { gap: 0.5rem; }
[class*="st-key-tile_"] h3 { padding: 0 0 0.25rem; }
</style>
"""


def apply() -> None:
    """Put the styles on the page."""
    st.html(STYLE)
