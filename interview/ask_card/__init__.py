"""The card with the questions to ask in an interview."""
