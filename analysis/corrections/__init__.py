"""The user's corrections of transcripts, and the reports recomputed from them."""
