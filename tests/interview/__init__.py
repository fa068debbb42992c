"""Tests of interview/."""
