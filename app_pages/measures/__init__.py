"""The page that says what is measured."""
