"""The parts of the rules page."""
