"""Measures Butler beside a bare pass-through on this machine: `python -m tests.bench`."""
