"""Voice activity detection: where there is voice and where there is silence, from the sound alone."""
