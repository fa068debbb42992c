"""Fits the weights that tell what an answer contains. For developers: the app never runs it."""
