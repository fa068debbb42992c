"""Tests of app_pages/report/."""
