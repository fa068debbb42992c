"""The page of thank-you notes."""
