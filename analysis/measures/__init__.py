"""What is measured of one answer: every measure with its band, its source and its sentence."""
