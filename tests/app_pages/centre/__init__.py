"""Tests of app_pages/centre."""
