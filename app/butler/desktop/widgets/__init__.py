"""The parts that pages are made of, one widget with its states per file."""
