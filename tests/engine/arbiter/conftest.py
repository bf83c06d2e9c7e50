"""Arbiters on real sockets."""

from tests.fakes.arbiters import llama, ollama, real_ollama

__all__ = ["llama", "ollama", "real_ollama"]
