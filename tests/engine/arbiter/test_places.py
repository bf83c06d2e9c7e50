"""Where a server is, however its address is spelt."""

import pytest

from butler.engine.arbiter.places import Place, place_of


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("http://localhost:11434", Place.HERE),
        ("http://127.0.0.1:1", Place.HERE),
        ("http://[::1]:1", Place.HERE),
        ("http://[::ffff:127.0.0.1]:1", Place.HERE),
        ("http://2130706433:1", Place.HERE),
        ("http://192.168.1.9:1", Place.PRIVATE),
        ("http://100.64.1.1:1", Place.PRIVATE),
        ("http://8.8.8.8", Place.PUBLIC),
        ("http://169.254.169.254", Place.FORBIDDEN),
        ("http://100.100.100.200", Place.FORBIDDEN),
        ("http://0.0.0.0:1", Place.FORBIDDEN),
        ("ftp://127.0.0.1", Place.UNKNOWN),
        ("http://", Place.UNKNOWN),
        ("http://127.0.0.1:port", Place.UNKNOWN),
    ],
)
async def test_places(url: str, place: Place) -> None:
    assert await place_of(url) is place
