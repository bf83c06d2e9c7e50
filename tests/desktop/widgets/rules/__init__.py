"""Tests of the parts of the rules page."""
