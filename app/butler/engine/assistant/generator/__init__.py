"""Rules from words, written by a model: asked under a schema, read with care, checked like any."""
