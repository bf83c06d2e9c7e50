"""Secrets at rest: envelopes, and where the master key lives.

`open_vault` finds the master key of a data directory (or makes the first one) and returns a
`Vault`, which seals secrets into envelopes and opens them again.
"""
