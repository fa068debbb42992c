"""The measures of filler sounds and filler words."""
