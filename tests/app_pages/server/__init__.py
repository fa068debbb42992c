"""Tests of app_pages/server/."""
