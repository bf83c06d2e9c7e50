"""What an arbiter's words mean: a route that was offered and how sure it is, else a misfit."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import orjson

from butler.engine.arbiter.question import OTHER, Question


class TokenView(Protocol):
    """A token of the answer with the natural logarithm of its probability."""

    @property
    def token(self) -> str: ...
    @property
    def logprob(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Token:
    """The same, as a value."""

    token: str
    logprob: float


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server sent; `tokens` is empty where it tells no probabilities."""

    text: str
    tokens: tuple[Token, ...] = ()
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """A route, or None where none fits; `confidence` 0 to 1, None where the server tells none."""

    route: str | None
    confidence: float | None


class Misfit(Exception):
    """The model's words are no answer; the message says why and quotes nothing."""


def tokens_of(given: Iterable[TokenView] | None) -> tuple[Token, ...]:
    """Return the tokens that a server's library has read."""
    return tuple(Token(one.token, one.logprob) for one in given or ())


def read_answer(reply: Reply, question: Question) -> Answer:
    """Read a reply; raises Misfit where it is no answer to the question."""
    if not reply.is_whole:
        raise Misfit("the answer was cut off")
    try:
        said = orjson.loads(reply.text)
    except orjson.JSONDecodeError:
        raise Misfit("the answer is no JSON") from None
    if not isinstance(said, dict) or set(said) != {"route"}:
        raise Misfit("the answer has another shape")
    route = said["route"]
    if not isinstance(route, str) or route not in question.names:
        raise Misfit("the answer names a route that was not offered")
    sure = _confidence(reply, route)
    return Answer(None if route == OTHER else route, sure)


def _confidence(reply: Reply, route: str) -> float | None:
    """Return how probable the model found the name it wrote.

    That is the product over the tokens of the name alone: the braces around it are forced by
    the schema and tell nothing. Without tokens that spell the answer it is not known.
    """
    start = _start_of_name(reply, route)
    if start is None:
        return None
    total, at, end = 0.0, 0, start + len(route)
    for one in reply.tokens:
        if at < end and at + len(one.token) > start:
            total += min(0.0, one.logprob)
        at += len(one.token)
    return math.exp(total) if math.isfinite(total) else 0.0


def _start_of_name(reply: Reply, route: str) -> int | None:
    """Return where the name begins in the tokens' text, which may hold more than the answer."""
    text = "".join(one.token for one in reply.tokens)
    start, said = text.find(reply.text.strip()), reply.text.strip()
    name = said.find(orjson.dumps(route).decode(), said.find(":"))
    return start + name + 1 if start >= 0 and name >= 0 else None
