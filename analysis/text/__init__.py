"""Work on words as text: spoken form, syllables, clauses and meaning."""
