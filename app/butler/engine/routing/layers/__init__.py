"""One file per layer of the routing chain."""
