"""The small types that engine, desktop and command line share; nothing else is shared."""
