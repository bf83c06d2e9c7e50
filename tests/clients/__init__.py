"""Real clients through the real engine against scripted upstreams: `make test-clients`.

`roster.py` is the list of clients, `drivers/` holds the program that each of them runs in its own
environment, `errands.py` what they are asked to do and how that is proved.
"""
