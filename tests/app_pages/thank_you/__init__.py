"""Tests of app_pages/thank_you/."""
