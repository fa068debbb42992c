"""Tests of speech/vad/."""
