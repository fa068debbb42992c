"""The report of one answer, on the page and as a download."""
