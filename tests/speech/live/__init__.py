"""Tests of speech/audio/."""
