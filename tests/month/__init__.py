"""Thirty days of a developer's traffic, for pictures and benchmarks.

Nobody asked anybody: the calls are made up, but their rows are made and written by the recorder's
own code, so prices, roll-ups, savings and percentiles are what the engine makes of such calls.
"""
