"""Voice activity detection: find speech and silence in the sound alone."""
