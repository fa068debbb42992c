"""The page of two takes side by side."""
