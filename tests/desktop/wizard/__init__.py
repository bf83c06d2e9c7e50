"""The wizard, over a real engine."""
