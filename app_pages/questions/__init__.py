"""The page of the question bank."""
