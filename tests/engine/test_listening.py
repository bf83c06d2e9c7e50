"""`localhost` is both of this machine's loopback addresses, and a taken port says so."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from butler.contract.problems import ProblemCode
from butler.engine.errors import StartError
from butler.engine.listening import Place, listen, port_of

ANYWHERE = "0.0.0.0"  # noqa: S104 - nobody connects to it here


def place(host: str, port: int = 0) -> Place:
    return Place("the endpoint", host, port, "--port", "BUTLER_PORT")


@contextmanager
def listening(host: str, port: int = 0) -> Iterator[list[socket.socket]]:
    sockets = listen(place(host, port))
    try:
        yield sockets
    finally:
        for opened in sockets:
            opened.close()


def test_localhost_is_both_addresses_on_one_port() -> None:
    with listening("localhost") as sockets:
        assert [opened.getsockname()[0] for opened in sockets] == ["127.0.0.1", "::1"]
        assert len({port_of(opened) for opened in sockets}) == 1
        for host in ("127.0.0.1", "::1"):
            socket.create_connection((host, port_of(sockets[0])), 1).close()


@pytest.mark.parametrize(
    ("host", "family"),
    [("127.0.0.1", socket.AF_INET), ("::1", socket.AF_INET6), (ANYWHERE, socket.AF_INET)],
)
def test_an_address_is_itself(host: str, family: socket.AddressFamily) -> None:
    with listening(host) as sockets:
        assert [(opened.getsockname()[0], opened.family) for opened in sockets] == [(host, family)]


@pytest.mark.parametrize("taken", ["127.0.0.1", "::1"])
def test_a_taken_port_says_what_to_do(taken: str) -> None:
    family = socket.AF_INET6 if ":" in taken else socket.AF_INET
    with socket.create_server((taken, 0), family=family) as other:
        port = port_of(other)
        with pytest.raises(StartError) as caught:
            listen(place("localhost", port))
        (problem,) = caught.value.problems
        assert problem.code is ProblemCode.PORT_TAKEN
        assert str(port) in problem.detail
        assert "--port" in (problem.hint or "")
        assert "BUTLER_PORT" in (problem.hint or "")
    # Nothing of the failed try is left open.
    with listening("localhost", port):
        pass


def test_an_address_of_another_machine() -> None:
    with pytest.raises(StartError) as caught:
        listen(place("192.0.2.1"))
    (problem,) = caught.value.problems
    assert problem.code is ProblemCode.INVALID
    assert "192.0.2.1" in problem.detail


def test_a_port_in_use_by_its_last_owner_a_moment_ago_is_free() -> None:
    with listening("localhost") as sockets:
        port = port_of(sockets[0])
        client = socket.create_connection(("127.0.0.1", port), 1)
        server, _ = sockets[0].accept()
        server.close()
        client.close()
    with listening("localhost", port):
        pass
