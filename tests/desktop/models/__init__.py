"""Tests of the desktop's models."""
