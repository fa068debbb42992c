"""Filled pauses: how um and uh, which Whisper leaves out, are found in the sound."""
