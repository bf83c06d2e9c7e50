"""Tests of starting with the session."""
