"""Tests of the desktop's pages."""
