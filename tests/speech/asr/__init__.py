"""Tests of speech/asr/."""
