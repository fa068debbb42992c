"""Tests of app_pages/."""
