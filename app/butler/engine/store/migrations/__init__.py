"""Schema upgrades, in the order of their numbers; `migrate.py` applies them at start."""
