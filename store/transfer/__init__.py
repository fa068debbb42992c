"""Everything out into one file and back: export and import."""
