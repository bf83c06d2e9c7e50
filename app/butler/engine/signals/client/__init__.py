"""Who is calling: one file per tool in `tools/`, one ordered list of them in `listed.py`."""
