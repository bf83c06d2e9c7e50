"""Tests of Smart Routing Butler; the folders mirror the package."""
