"""The data plane: the HTTP endpoints that AI tools talk to."""
