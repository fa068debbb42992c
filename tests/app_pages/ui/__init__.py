"""Tests of app_pages/ui/."""
