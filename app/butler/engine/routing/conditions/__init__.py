"""One file per kind of rule condition."""
