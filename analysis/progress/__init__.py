"""Many answers: trends, comparisons, and what returns in them."""
