"""Tests of speech/fillers/."""
