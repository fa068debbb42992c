"""What takes how long in the app itself, with a real Chromium."""
