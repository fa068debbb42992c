"""Tests of the whole app in a real browser, and of its network calls."""
