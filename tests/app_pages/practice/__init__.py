"""Tests of app_pages/practice/."""
