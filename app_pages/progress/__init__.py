"""The page that shows how answers changed over time."""
