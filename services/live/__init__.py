"""Recordings that are still going on, and what became of those that were interrupted."""
