"""Answers that are kept, to be sent again when the same is asked: exactly, or in other words.

What a cache keeps belongs to the engine's process, not to a revision of its configuration; the
layers in `routing` decide with it.
"""
