"""Use cases around an interview: preparation, mock interviews, debrief, thank-you notes, follow-up."""
