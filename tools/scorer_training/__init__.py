"""Fit the weights of the filler scorer. For developers: the app never runs this."""
