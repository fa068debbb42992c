"""The page of the main job: choose a question, answer it aloud, read the report."""
