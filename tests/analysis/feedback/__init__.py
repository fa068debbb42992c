"""Tests of analysis/feedback/."""
