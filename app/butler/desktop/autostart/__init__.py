"""Starting with the session: one file for each way that systems know, chosen in `chosen.py`."""
