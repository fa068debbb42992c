"""Words and sound to numbers: pure functions, every band with its source."""
