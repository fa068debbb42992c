"""What is looked for in a thank-you note."""
