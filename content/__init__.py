"""What the app says: questions and advice, each entry with the document it comes from."""
