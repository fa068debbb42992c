"""A recording that is still going on."""
