"""The server: who may come in, at which address, and with which settings."""
