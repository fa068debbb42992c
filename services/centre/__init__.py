"""One server for many people: who they are, what they agreed to, what they share. A single user has none of it."""
