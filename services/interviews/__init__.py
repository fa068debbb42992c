"""The use cases around an interview: prepare, practise it as a mock, look back, thank, follow up."""
