"""Developer tools: set-up and the commands behind tasks.py. Standard library only; not shipped."""
