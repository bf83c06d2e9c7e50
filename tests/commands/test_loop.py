"""The engine runs on the fastest loop there is."""

import sys

from butler.commands.loop import loop_factory


def test_it_is_uvloops_or_winloops() -> None:
    loop = loop_factory()()
    loop.close()
    assert type(loop).__module__ == ("winloop" if sys.platform == "win32" else "uvloop")
