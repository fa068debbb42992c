"""The present moment on the user's clocks."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from interview.time_zones import zone_names


def now() -> datetime:
    """Now in the zone that the browser tells, or else in that of this machine."""
    zone = st.context.timezone
    return datetime.now(ZoneInfo(zone)) if zone in zone_names() else datetime.now().astimezone()
