"""What the pages do with the store and the queue, as far as that still needs Streamlit."""
