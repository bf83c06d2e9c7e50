"""Attempts: targets in order, time-outs, classified failures."""
