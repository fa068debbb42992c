"""The page for looking back on an interview."""
