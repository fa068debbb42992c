"""The command line and its output in the terminal."""
