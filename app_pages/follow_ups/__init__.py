"""The page of what is due after interviews."""
