"""The page of the user's data: list, search, export, import and deletion."""
