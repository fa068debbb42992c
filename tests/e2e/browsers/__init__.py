"""The app, and an exported page, in other browsers than Chromium."""
