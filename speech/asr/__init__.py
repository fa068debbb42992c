"""Speech recognition: the Whisper model, its weights, and word timing."""
