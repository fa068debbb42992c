"""The benchmark's rules, and the floors below which accuracy may not fall."""
