"""Storage of sessions, attempts, reports, corrections and notes in a database, with FLAC files beside it."""
