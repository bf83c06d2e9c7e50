"""The list of clients and its locks fit together."""

import json
import re

import pytest

from tests.clients.environments import LOCKS, read_pins
from tests.clients.roster import CLIENTS, ERRANDS, Client
from tests.clients.rounds import DRIVERS

PINS = read_pins()


def test_every_name_stands_once() -> None:
    names = [client.name for client in CLIENTS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.name)
def test_an_entry_names_what_there_is(client: Client) -> None:
    assert (DRIVERS / client.driver).is_file()
    assert client.environment in {*PINS.python, *PINS.node}
    assert set(client.lacks) <= set(ERRANDS)
    assert all(client.lacks.values())


@pytest.mark.parametrize("name", PINS.python)
def test_a_python_lock_holds_its_pins_by_hash(name: str) -> None:
    lock = (LOCKS / f"{name}.txt").read_text(encoding="utf-8")
    locked = re.findall(r"^(\S+)==(\S+)[^\n]*\\\n    --hash=sha256:", lock, re.MULTILINE)
    wanted = {re.sub(r"\[.*\]", "", pin) for pin in PINS.python[name]}
    assert wanted <= {f"{package}=={version}" for package, version in locked}
    assert "://" not in lock


@pytest.mark.parametrize("name", PINS.node)
def test_a_node_lock_holds_its_pins_by_hash_and_no_address(name: str) -> None:
    text = (LOCKS / name / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    assert packages[""]["dependencies"] == PINS.node[name]
    for place, package in packages.items():
        assert place == "" or package["integrity"].startswith("sha512-")
    assert '"resolved"' not in text
