"""Mock interviews: the plan, the questions, the run and its summary."""
