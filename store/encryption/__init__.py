"""Encryption at rest, by choice: a passphrase opens a key, and the key what is kept in the data folder."""
