"""The progress page: how answers change over time."""
