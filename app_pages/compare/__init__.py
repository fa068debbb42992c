"""The comparison page: two takes side by side."""
