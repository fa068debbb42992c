"""Tests of analysis/structure/."""
