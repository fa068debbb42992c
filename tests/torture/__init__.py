"""The store under what should never happen: killed processes and writers at the same time."""
