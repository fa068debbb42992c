"""For those who set up and work on the app: the commands behind tasks.py. Standard library only; not shipped."""
