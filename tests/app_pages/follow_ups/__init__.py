"""Tests of app_pages/follow_ups/."""
