"""The measures of filled pauses (filler sounds) and filler words."""
