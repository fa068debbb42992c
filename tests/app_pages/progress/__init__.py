"""Tests of app_pages/progress/."""
