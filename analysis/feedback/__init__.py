"""What to do next: takeaways, priorities, themes, goals and exercises."""
