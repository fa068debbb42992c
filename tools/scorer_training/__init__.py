"""Fits the filler scorer's weights. For developers: the app never runs it."""
