"""Tests of interview/thank_you/."""
