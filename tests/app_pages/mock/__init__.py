"""Tests of app_pages/mock/."""
