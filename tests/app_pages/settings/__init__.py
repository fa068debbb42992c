"""Tests of app_pages/settings/."""
