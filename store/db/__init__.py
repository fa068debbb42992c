"""The database: tables, migrations, and functions that read, write and search them."""
