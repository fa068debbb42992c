"""The interview around the answers: what the user prepares, plans, notes and follows up."""
