"""Who looks at a page of a centre, by the session it belongs to; nobody in particular where nobody signs in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from services.centre.sign_in import Identity, SignIn, get_sign_in, identify
from store.errors import StoreError

ON_COMPUTER = "Everything stays on this computer."
ON_SERVER = "Everything stays on your centre's server, and only you can open it."
SIGNED_OUT = "You're signed out. Reload the page to sign in again."


def say_where_kept() -> str:
    """Return where everything of the user is kept, as a sentence; raises StoreError."""
    return ON_COMPUTER if get_sign_in() is SignIn.OFF else ON_SERVER


def find_identity() -> Identity | None:
    """Return who looks at this page; None for nobody, or where nobody signs in. Raises StoreError."""
    way = get_sign_in()
    return None if way is SignIn.OFF else identify(way, read_claims())


def require_identity() -> Identity | None:
    """Return who looks at this page; None where nobody signs in.

    Raises:
        StoreError: People sign in here, and nobody has in this session, or this is no session at all.
    """
    found = find_identity()
    if found is None and get_sign_in() is not SignIn.OFF:
        raise StoreError(SIGNED_OUT)
    return found


def read_claims() -> Mapping[str, Any]:
    """Return what Streamlit knows of who opened this session; nothing outside of one."""
    return st.user.to_dict()
