"""Calls in flight are counted in and out, whatever ends them."""

import asyncio

import pytest

from butler.engine.server.in_flight import InFlight


async def test_in_and_out() -> None:
    calls = InFlight()
    await asyncio.wait_for(calls.drained(), 0.1)
    with calls.one_more():
        with calls.one_more():
            assert len(calls) == 2
        assert len(calls) == 1
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(calls.drained(), 0.01)
    await asyncio.wait_for(calls.drained(), 0.1)


async def test_a_call_that_fails_is_out_too() -> None:
    calls = InFlight()
    with pytest.raises(ValueError, match="broken"), calls.one_more():
        raise ValueError("broken")
    assert len(calls) == 0
    await asyncio.wait_for(calls.drained(), 0.1)
