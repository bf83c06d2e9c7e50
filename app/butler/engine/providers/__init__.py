"""Vendors: where a target lives, how it is addressed, how its errors read."""
