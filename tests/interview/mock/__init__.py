"""Tests of interview/mock/."""
