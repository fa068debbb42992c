"""A little of each torture on every change."""
