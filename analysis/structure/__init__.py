"""What an answer contains: its structural elements, its closing, and the user's key points."""
