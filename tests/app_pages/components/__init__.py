"""Tests of app_pages/components/."""
