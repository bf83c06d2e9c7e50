"""The arbiter: a small local model that says which of the owner's categories a request is of."""
