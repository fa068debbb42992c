"""What is kept: sessions, attempts, reports, corrections and notes in a database, recordings as FLAC beside it."""
