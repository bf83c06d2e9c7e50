"""The wizard: a complete set of rules from a few answers."""
