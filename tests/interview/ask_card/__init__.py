"""Tests of interview/ask_card/."""
