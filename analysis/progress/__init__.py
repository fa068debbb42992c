"""Progress over many answers: trends, comparisons and recurring phrases."""
