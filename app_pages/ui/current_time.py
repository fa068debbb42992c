"""Read the current time in the user's time zone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from interview.time_zones import list_zone_names


def now() -> datetime:
    """Return the current time in the browser's time zone, or in this machine's if the browser sends none."""
    zone = st.context.timezone
    return datetime.now(ZoneInfo(zone)) if zone in list_zone_names() else datetime.now().astimezone()
