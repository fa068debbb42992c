"""What to do after an interview, and when."""
