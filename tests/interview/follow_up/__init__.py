"""Tests of interview/follow_up/."""
