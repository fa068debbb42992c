"""Speech recognition: the Whisper model, its weights, and words with their times."""
