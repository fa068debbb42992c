"""The measures of one answer, each with its definition, band, source and wording."""
