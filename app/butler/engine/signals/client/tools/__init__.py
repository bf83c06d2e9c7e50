"""One file per tool, written from what its current release was seen to send."""
