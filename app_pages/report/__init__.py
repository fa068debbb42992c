"""The report of one answer, on the page and to take along."""
