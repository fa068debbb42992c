"""Stores that are merged and stores that are damaged, at random."""
