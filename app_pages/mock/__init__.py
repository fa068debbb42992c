"""The page of mock interviews."""
