"""Smart Routing Butler: one local endpoint that decides which model answers, and says why."""

__version__ = "0.1.0"
