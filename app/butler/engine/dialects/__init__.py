"""Wire formats: pure functions from bytes to typed requests and deltas, and back."""
