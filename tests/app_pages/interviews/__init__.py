"""Tests of app_pages/interviews/."""
