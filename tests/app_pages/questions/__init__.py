"""Tests of app_pages/questions/."""
