"""The questions to practise: the bank, the user's own, and what they want to say."""
