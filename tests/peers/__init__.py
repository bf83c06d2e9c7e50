"""What others make of the golden cases: every disagreement with us is explained in a file."""
