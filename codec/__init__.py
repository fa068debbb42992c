"""Convert frozen dataclasses to JSON or TOML and back; one strict reader for stored and external data."""
