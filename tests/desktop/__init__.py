"""Tests of tray and window against a real admin server."""
