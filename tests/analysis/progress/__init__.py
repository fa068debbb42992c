"""Tests of analysis/progress/."""
