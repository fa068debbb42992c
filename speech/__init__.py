"""Sound to words: recordings, voice activity, and transcripts that keep what recognisers tidy away."""
