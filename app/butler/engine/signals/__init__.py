"""What can be known about a request: its text, size, language and task."""
