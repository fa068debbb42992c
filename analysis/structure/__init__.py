"""What an answer contains: its parts, its closing, and the key points of the user."""
