"""Tests of app_pages/use_cases/."""
