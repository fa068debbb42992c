"""Tests of analysis/corrections/."""
