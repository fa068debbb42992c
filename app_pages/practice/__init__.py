"""The practice page: choose a question, answer it aloud, read the report."""
