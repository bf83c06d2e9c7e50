"""Interleaved rounds: every subject in turn, again and again, so that noise hits all alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from tests.bench.load import Shot, Subject, shoot
from tests.bench.processes import Cores, Server

_WARM_UP_S = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """How hard and how long to shoot."""

    connections: int
    seconds: int
    rounds: int


@dataclass(frozen=True, slots=True)
class Bench:
    """The machine set up for measuring: the subjects' servers, the upstream and the cores."""

    servers: Mapping[str, Server]
    upstream: Server
    cores: Cores


@dataclass(frozen=True, slots=True)
class Sample:
    """One shot, with the processor shares (of one core) of the server and the upstream."""

    shot: Shot
    server_share: float
    upstream_share: float

    @property
    def server_us(self) -> float:
        """Server processor time per request: steadier than a rate on a busy machine."""
        return self.server_share * 1e6 / self.shot.requests_per_s


@dataclass(frozen=True, slots=True)
class Series:
    """All rounds of one subject."""

    name: str
    samples: Sequence[Sample]

    @property
    def rates(self) -> list[float]:
        """Requests per second, one per round."""
        return [sample.shot.requests_per_s for sample in self.samples]

    @property
    def rate(self) -> float:
        """The median of the rounds."""
        return median(self.rates)

    @property
    def server_us(self) -> float:
        """Median server processor time per request."""
        return median(sample.server_us for sample in self.samples)

    @property
    def server_share(self) -> float:
        """Median share of a core that the server got."""
        return median(sample.server_share for sample in self.samples)

    @property
    def errors(self) -> int:
        """Replies that were not 2xx, and broken connections."""
        return sum(sample.shot.errors for sample in self.samples)

    @property
    def load_core_share(self) -> float:
        """How busy the load generator's core was at worst: wrk and the upstream together."""
        return max(sample.shot.wrk_share + sample.upstream_share for sample in self.samples)


def run(bench: Bench, subjects: Sequence[Subject], plan: Plan) -> list[Series]:
    """Shoot at every subject once to warm up, then `rounds` times in turn.

    Raises RuntimeError when a subject does not answer well from the start.
    """
    warm_up = Plan(plan.connections, _WARM_UP_S, 1)
    for subject in subjects:
        shot = _sample(bench, subject, warm_up).shot
        if shot.errors or not shot.requests_per_s:
            raise RuntimeError(f"{subject.name} answers with errors: {shot}")
    samples: dict[str, list[Sample]] = {subject.name: [] for subject in subjects}
    for _ in range(plan.rounds):
        for subject in subjects:
            samples[subject.name].append(_sample(bench, subject, plan))
    return [Series(name, series) for name, series in samples.items()]


def _sample(bench: Bench, subject: Subject, plan: Plan) -> Sample:
    server = bench.servers.get(subject.name)
    server_before = server.cpu_s() if server else 0.0
    upstream_before = bench.upstream.cpu_s()
    shot = shoot(subject, plan.connections, plan.seconds, bench.cores.load)
    server_cpu_s = server.cpu_s() - server_before if server else 0.0
    return Sample(
        shot=shot,
        server_share=server_cpu_s / shot.wall_s,
        upstream_share=(bench.upstream.cpu_s() - upstream_before) / shot.wall_s,
    )
