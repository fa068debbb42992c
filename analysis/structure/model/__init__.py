"""The small trained model of what a clause or a sentence says: cues, features, weights."""
