"""Requests per second and added latency of Butler beside a bare pass-through, in one run.

Prints tables and exits 1 when a budget is missed, or when the load generator was too busy for
the figures to mean anything. Linux only: it reads /proc and pins processes to cores.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.bench import arbiter, caches, replay, rules, semantic, similar, task, translated
from tests.bench.butler_server import KEYWORD, RULES, butler
from tests.bench.load import Subject, is_installed
from tests.bench.measure import Bench, Plan, Series, run
from tests.bench.post import post
from tests.bench.processes import Cores, free_port, serving
from tests.bench.report import print_latency, print_throughput

_DIRECT, _YARDSTICK = "direct", "pass-through"
_EXPLICIT, _AUTO = "butler, explicit model", f"butler, auto, {RULES} rules"
_HIT = "butler, from the cache"
_DECIDED_BY = {_EXPLICIT: "direct", _AUTO: "rules", _HIT: "exact_cache"}
_LEAST_RATIO = 0.5
_BUSIEST_LOAD_CORE = 0.85
_FREE_CORE = 0.8
_KEPT_S = 1.0
_REQUEST_BYTES = 1024
_NUMBER = "#########"
"""Where the load generator puts a number of its own into each request: see `post.lua`."""


def main() -> int:
    """Measure, print, and return the exit status."""
    options = _options()
    if not is_installed():
        print("The benchmark needs `wrk` for its load. Install it: sudo apt-get install -y wrk")
        return 1
    try:
        proxies_do = _measure_proxies(options)
    except (RuntimeError, OSError) as error:
        print(f"The proxies could not be measured. {error}")
        proxies_do = False
    layers_do = [layer.run() for layer in (translated, caches, rules, task, semantic, replay)]
    layers_do += [not layer.main() for layer in (similar, arbiter)]
    return int(not (proxies_do and all(layers_do)))


def _measure_proxies(options: argparse.Namespace) -> bool:
    """Measure and print; True when the budget is kept."""
    with tempfile.TemporaryDirectory() as scratch, _set_up(Path(scratch)) as (bench, subjects):
        whole, streamed = subjects
        for subject in whole:
            _check_decider(subject)
        print(f"Proxies on core {bench.cores.proxy}; wrk and upstream on core {bench.cores.load}.")
        throughput = run(bench, whole, Plan(32, options.seconds, options.rounds))
        print_throughput("1 KB reply, 32 connections", throughput, _YARDSTICK)
        streams = run(bench, streamed, Plan(32, 1, options.rounds))
        print_throughput("streamed reply, 32 connections", streams, _YARDSTICK)
        latency = run(bench, whole, Plan(1, 1, options.rounds))
        print_latency("1 KB reply, 1 connection", latency)
    return _verdict(throughput, [*throughput, *streams, *latency])


def _check_decider(subject: Subject) -> None:
    """Make sure that the layer which we want to measure is the one that decides."""
    wanted = _DECIDED_BY.get(subject.name)
    headers = post(subject.url, subject.body.read_bytes(), subject.token)
    if subject.name == _HIT:
        # Now it is in the cache, or soon.
        time.sleep(_KEPT_S)
        headers = post(subject.url, subject.body.read_bytes(), subject.token)
    layer = headers.get("x-butler-layer")
    if layer != wanted:
        raise RuntimeError(f"{subject.name} is decided by {layer}, not by {wanted}.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="times that every subject is shot at")
    parser.add_argument("--seconds", type=int, default=3, help="length of a throughput shot")
    return parser.parse_args()


@contextmanager
def _set_up(scratch: Path) -> Iterator[tuple[Bench, tuple[list[Subject], list[Subject]]]]:
    """Start upstream, pass-through and Butler; give the subjects, whole and streamed."""
    cores = Cores.of_this_machine()
    with ExitStack() as stack:
        port = free_port()
        script = ["tests.bench.upstream", str(port)]
        upstream = stack.enter_context(serving(script, port, cores.load))
        port = free_port()
        script = ["tests.bench.passthrough", upstream.base_url.removesuffix("/v1"), str(port)]
        bare = stack.enter_context(serving(script, port, cores.proxy))
        own = stack.enter_context(butler(upstream.base_url, scratch / "data", cores.proxy))
        servers = {_YARDSTICK: bare} | dict.fromkeys((_EXPLICIT, _AUTO, _HIT), own.server)

        def subjects(stream: bool) -> list[Subject]:
            plain = _body(scratch, "alpha", stream)
            named = _body(scratch, "bench/alpha", stream)
            auto = _body(scratch, "auto", stream)
            again = _body(scratch, "auto", stream, cached=True)
            return [
                Subject(_DIRECT, upstream.base_url, plain, own.token),
                Subject(_YARDSTICK, bare.base_url, plain, own.token),
                Subject(_EXPLICIT, own.server.base_url, named, own.token),
                Subject(_AUTO, own.server.base_url, auto, own.token),
                Subject(_HIT, own.server.base_url, again, own.token),
            ]

        yield Bench(servers, upstream, cores), (subjects(False), subjects(True))


def _body(scratch: Path, model: str, stream: bool, *, cached: bool = False) -> Path:
    """A request of 1 KB in a file, as wrk's script reads it; always the same where `cached`."""
    words = f"Please {KEYWORD} the function that reads the settings. "
    text = (words * (_REQUEST_BYTES // len(words)))[: _REQUEST_BYTES - 110]
    if not cached:
        text += _NUMBER
    messages = [{"role": "user", "content": text}]
    kind = ("stream" if stream else "whole") + "-cached" * cached
    path = scratch / f"{model.replace('/', '-')}-{kind}.json"
    path.write_text(json.dumps({"model": model, "messages": messages, "stream": stream}))
    return path


def _verdict(throughput: Sequence[Series], everything: Sequence[Series]) -> bool:
    """Say what the figures mean; True when the budget is kept and they can be trusted."""
    found = {one.name: one for one in throughput}
    bare, own = found[_YARDSTICK], found[_EXPLICIT]
    ratio, by_cpu = own.rate / bare.rate, bare.server_us / own.server_us
    busiest = max(one.load_core_share for one in throughput if one.name != _DIRECT)
    failed = {one.name: one.errors for one in everything if one.errors}
    print(
        f"\nButler with an explicit model reaches {ratio:.0%} of the pass-through's rate "
        f"(at least {_LEAST_RATIO:.0%} wanted), {by_cpu:.0%} by processor time per request.\n"
        f"The load generator's core was at most {busiest:.0%} busy behind a proxy."
    )
    if busiest > _BUSIEST_LOAD_CORE:
        print("That is too busy: the rates show the load generator, not the proxies.")
    if min(bare.server_share, own.server_share) < _FREE_CORE:
        print("Other programs used the proxies' core meanwhile: trust the processor time more.")
    if failed:
        print(f"Some replies were errors: {failed}")
    return ratio >= _LEAST_RATIO and busiest <= _BUSIEST_LOAD_CORE and not failed


if __name__ == "__main__":
    sys.exit(main())
