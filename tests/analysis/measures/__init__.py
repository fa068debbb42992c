"""Tests of analysis/measures/."""
