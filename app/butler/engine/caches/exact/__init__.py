"""The exact cache: which requests it serves, under which key, and where their answers lie."""
