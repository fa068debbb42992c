"""Export of all data to one file, and import from it."""
