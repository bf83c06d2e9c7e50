"""Without a tray the desktop goes on; with one, see the test of the tray's host."""

from butler.desktop.app import Desktop


async def test_it_does_not_claim_to_be_seen(desktop: Desktop) -> None:
    assert not desktop.tray.present
    desktop.tray.tell("Nobody hears this.")
    desktop.tray.leave()
