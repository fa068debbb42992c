"""Transcripts that the user set right, and the reports made of them."""
