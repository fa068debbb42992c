"""Words as text: how they are spoken, their syllables, clauses and meaning."""
