"""What the app does, without a page: the queue of analyses, corrections, and answers of earlier versions."""
