"""Sockets to listen on: `localhost` means 127.0.0.1 and ::1, and a taken port says so."""

import errno
import socket
from dataclasses import dataclass

from butler.contract.problems import Problem, ProblemCode
from butler.engine.errors import StartError, problem

_BACKLOG = 512
_FREE_PORT_TRIES = 20


@dataclass(frozen=True, slots=True)
class Place:
    """What to listen on, and how the owner can move it elsewhere."""

    title: str
    host: str
    port: int
    option: str
    variable: str


def listen(place: Place) -> list[socket.socket]:
    """Open the sockets of a place; raises StartError when its port or address can not be had."""
    if place.host != "localhost":
        return [_open(place, place.host, place.port)]
    if not socket.has_ipv6:
        return [_open(place, "127.0.0.1", place.port)]
    for _ in range(_FREE_PORT_TRIES):
        first = _open(place, "127.0.0.1", place.port)
        try:
            return [first, _open(place, "::1", port_of(first))]
        except StartError:
            first.close()
            if place.port != 0:
                raise
        except OSError:
            # The machine knows IPv6 but has none on loopback.
            return [first]
    raise StartError(_taken(place))


def port_of(opened: socket.socket) -> int:
    """Return the port that a socket listens on."""
    port: int = opened.getsockname()[1]
    return port


def _open(place: Place, host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise StartError(_taken(place)) from None
        if host == "::1":
            raise
        raise StartError(
            problem(
                ProblemCode.INVALID,
                f"{place.title} can not listen on {host}:{port}: {error.strerror}.",
                f"Choose another address or port with {place.option} or {place.variable}.",
            )
        ) from None


def _taken(place: Place) -> Problem:
    return problem(
        ProblemCode.PORT_TAKEN,
        f"Port {place.port} is in use by another program; {place.title} can not listen on it.",
        f"Stop that program, or choose another port with {place.option} or {place.variable}.",
    )
