"""`make test-clients`: every client, every protocol that it speaks, every upstream, every errand.

python -m tests.clients [NAME ...] [--upstream PROTOCOL ...] [--list]
"""

import argparse
import asyncio
import itertools
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from tests.clients import table
from tests.clients.environments import Environments, InstallError
from tests.clients.errands import Cell
from tests.clients.roster import CLIENTS, ERRANDS, Client
from tests.clients.rounds import command_of, open_place, visit
from tests.clients.upstreams import VENDORS, Vendor


def read_arguments(words: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.clients")
    names = [client.name for client in CLIENTS]
    protocols = [vendor.protocol for vendor in VENDORS]
    parser.add_argument("clients", nargs="*", metavar="NAME", help=f"of {', '.join(names)}")
    parser.add_argument("--upstream", action="append", choices=protocols, help="only these")
    parser.add_argument("--list", action="store_true", help="say what there is, run nothing")
    read = parser.parse_args(words)
    if unknown := set(read.clients) - set(names):
        parser.error(f"no client is called {', '.join(sorted(unknown))}; there are {names}")
    return read


def install(clients: Sequence[Client]) -> dict[str, list[str]]:
    """Install what the clients need, and return the command of each driver."""
    environments = Environments()
    commands = {}
    for client in clients:
        if not environments.has(client.environment):
            print(f"installing {client.environment}", file=sys.stderr, flush=True)
        commands[client.name] = command_of(client, environments)
    return commands


async def cells_of(
    clients: Sequence[Client], vendors: Sequence[Vendor], commands: dict[str, list[str]]
) -> AsyncIterator[Cell]:
    """Run all errands, a client at a time."""
    with tempfile.TemporaryDirectory(prefix="clients-") as scratch:
        async with AsyncExitStack() as stack:
            places = [
                await stack.enter_async_context(
                    open_place(vendor, Path(scratch, "engines", vendor.protocol))
                )
                for vendor in vendors
            ]
            for client in clients:
                folder = Path(scratch, client.name)
                async for cell in visit(client, commands[client.name], places, folder):
                    yield cell


async def print_table(
    clients: Sequence[Client], vendors: Sequence[Vendor], commands: dict[str, list[str]]
) -> bool:
    """Print the table row by row; return whether every cell is proved or a named hole."""
    began = time.monotonic()
    cells: list[Cell] = []
    print(table.head())
    async for cell in cells_of(clients, vendors, commands):
        cells.append(cell)
        if len(cells) % len(ERRANDS) == 0:
            print(table.row(cells[-len(ERRANDS) :]), flush=True)
    print(*itertools.chain([""], table.notes(cells)), sep="\n")
    print(table.summary(cells, time.monotonic() - began))
    return not any(cell.faults for cell in cells)


def main(words: Sequence[str]) -> int:
    """Do what the command line says; 1 where a cell is not proved."""
    asked = read_arguments(words)
    clients = [it for it in CLIENTS if not asked.clients or it.name in asked.clients]
    vendors = [it for it in VENDORS if not asked.upstream or it.protocol in asked.upstream]
    if asked.list:
        for client in clients:
            print(f"{client.name:<22}{', '.join(client.protocols)}")
        return 0
    try:
        commands = install(clients)
    except InstallError as error:
        print(f"Could not install {error}", file=sys.stderr)
        return 1
    return 0 if asyncio.run(print_table(clients, vendors, commands)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
