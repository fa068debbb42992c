"""Tests of analysis/text/."""
