"""The clients that every development environment holds, each on all errands at each upstream."""

from pathlib import Path

import pytest

from tests.clients.roster import CLIENTS, ERRANDS, Client
from tests.clients.rounds import command_here, open_place, visit
from tests.clients.upstreams import VENDORS, Vendor

INSTALLED = [client for client in CLIENTS if client.installed]


@pytest.mark.slow
@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.protocol)
@pytest.mark.parametrize("client", INSTALLED, ids=lambda client: client.name)
async def test_a_client_gets_what_it_asked_for(
    client: Client, vendor: Vendor, tmp_path: Path
) -> None:
    async with open_place(vendor, tmp_path / "engine") as place:
        cells = [
            cell async for cell in visit(client, command_here(client), [place], tmp_path / "client")
        ]
    assert len(cells) == len(client.protocols) * len(ERRANDS)
    assert [cell for cell in cells if cell.faults] == []
