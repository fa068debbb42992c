"""Tests of app_pages/data/."""
