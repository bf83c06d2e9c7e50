"""Secrets at rest: envelopes, and where the master key lives."""
