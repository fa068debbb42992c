"""Short runs of the stress tests."""
