"""Frozen dataclasses as JSON or TOML and back: one strict reader of all that is stored or comes from outside."""
