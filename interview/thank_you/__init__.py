"""Thank-you notes: their parts, their text, and how and when they are sent."""
