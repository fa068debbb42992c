"""Tests of interview/questions/."""
