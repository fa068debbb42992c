"""Tests of analysis/cli/."""
