"""A question read aloud by a voice on the user's machine, and the time to think; both in the browser.

Only voices that the browser calls its own (`localService`) speak: others send the text to a service. Where there is
none, a sentence says so. Neither the voice nor the clock keeps anybody from recording.
"""

from __future__ import annotations

from app_pages.components.frontend_component import declare_component

_COMPONENT = declare_component("mock_question", "read_aloud.html", "read_aloud.css", "read_aloud.js")
KEY = "mock_aloud"


def show(place: str, text: str, thinking: int) -> None:
    """Offer to read a text aloud and count the seconds to think down; begins anew for another `place`."""
    _COMPONENT(key=KEY, data={"place": place, "text": text, "thinking": thinking})
