"""Filled pauses: um and uh, which Whisper leaves out, found in the sound."""
