"""The page that explains the measures."""
