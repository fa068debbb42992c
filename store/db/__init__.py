"""The database: its tables and migrations, and how they are read, written and searched."""
