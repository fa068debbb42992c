"""The report and the practice loop in a real Chromium."""
