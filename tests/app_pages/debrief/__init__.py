"""Tests of app_pages/debrief/."""
