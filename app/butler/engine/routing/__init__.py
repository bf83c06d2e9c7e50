"""The decision: layers in order, the first verdict wins."""
