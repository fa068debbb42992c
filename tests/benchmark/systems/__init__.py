"""What is measured side by side: this app, plain faster-whisper in several settings, and another system."""
