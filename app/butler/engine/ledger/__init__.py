"""What happened and what it cost: one row per request."""
