"""What the doctor looks at outside the engine: providers, clock, Ollama, proxies and loops."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit
from urllib.request import getproxies

from butler.contract.problems import Problem, ProblemCode
from butler.contract.resources import Check
from butler.engine.admin.control import Control
from butler.engine.dispatch.probe import Glance, Probe
from butler.engine.errors import problem
from butler.engine.providers.addresses import judge
from butler.engine.providers.base import Connection, Provider
from butler.engine.providers.locality import is_local
from butler.engine.providers.presets import preset_of, presets
from butler.engine.signals.embedder.model import EmbedderState, Phase

_FARTHEST_OFF_S = 120
_OLLAMA, _CUTTING = "ollama", "ollama_openai"


class Surroundings:
    """Checks of what is not ours; those that reach for providers take a few seconds at most."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._probe = Probe(control.upstream)

    async def checks(self) -> list[Check]:
        """Return the checks; a provider that would leave this machine counts while that may be."""
        asked = self._asked()
        glances, ollama = await asyncio.gather(
            asyncio.gather(*(self._probe.glance(provider) for provider in asked)), self._ollama()
        )
        return [
            _reachable(asked, glances),
            _clock(glances),
            ollama,
            _embedder(self._control.embedding.state),
            _proxies(),
            self._loops(),
        ]

    def _asked(self) -> list[Provider]:
        runtime = self._control.changes.runtime
        if runtime.demo:
            return []
        return [
            provider
            for provider in runtime.providers.values()
            if not runtime.local_only
            or is_local(provider.connection.base_url, provider.connection.options)
        ]

    async def _ollama(self) -> Check:
        preset = presets()[_OLLAMA]
        url = preset.base_url or ""
        connection = Connection(_OLLAMA, preset.kind, url, None, {"preset": _OLLAMA})
        running = await self._probe.running([self._control.kinds.create(connection)])
        detail = "not running; it is optional"
        if running:
            detail = f"answers at {url} with {len(running[0][1])} models"
        return Check(name="Ollama", ok=True, detail=detail + self._cut(), problems=[])

    def _cut(self) -> str:
        """Name the providers that ask an Ollama as if it were OpenAI, which has a price."""
        providers = self._control.changes.runtime.providers.values()
        names = [it.connection.name for it in providers if preset_of(it.connection).id == _CUTTING]
        if not names:
            return ""
        return (
            f"; {', '.join(names)} asked by OpenAI's protocol: Ollama cuts long prompts there "
            "without a word, of a provider of kind `ollama` it does not"
        )

    def _loops(self) -> Check:
        """Say which providers lead back here, or to where nothing may be sent."""
        records = self._control.changes.runtime.snapshot.providers
        ports = self._control.own_ports()
        found = [
            told.model_copy(update={"detail": f"{record.name}: {told.detail}"})
            for record in records
            for told in _judged(record.base_url, dict(record.options), ports)
        ]
        return _check("loops", "none" if not found else f"{len(found)} found", found)


def _judged(url: str, options: dict[str, object], ports: set[int]) -> Sequence[Problem]:
    try:
        return judge(url, options, own_ports=ports)
    except ValueError:
        # The provider itself is broken, and told among the providers.
        return ()


def _reachable(asked: Sequence[Provider], glances: Sequence[Glance]) -> Check:
    if not asked:
        return _check("reachable", "no provider to ask", [])
    found = [
        problem(
            ProblemCode.PROVIDER_FAILED,
            f"{provider.connection.name}: {glance.error.message}",
            f"`butler provider test {provider.connection.name}` says more.",
        )
        for provider, glance in zip(asked, glances, strict=True)
        if glance.error is not None
    ]
    nobody = all(glance.error is not None and glance.date is None for glance in glances)
    few = "no provider answers: is there a network?"
    return _check(
        "reachable", few if nobody else f"{len(asked) - len(found)} of {len(asked)}", found
    )


def _clock(glances: Sequence[Glance]) -> Check:
    dates = [glance.date for glance in glances if glance.date is not None]
    if not dates:
        return _check("clock", "not compared: no provider has told its time", [])
    # Of several the median: one provider's clock may be off, too.
    off_s = round((datetime.now(UTC) - sorted(dates)[len(dates) // 2]).total_seconds())
    if abs(off_s) <= _FARTHEST_OFF_S:
        return _check("clock", f"within {_FARTHEST_OFF_S} s of the providers'", [])
    told = problem(
        ProblemCode.CLOCK_OFF,
        f"The clock is {abs(off_s)} s {'ahead' if off_s > 0 else 'behind'}.",
        "Let the system set it by itself: expiry of tokens and the log depend on it.",
    )
    return _check("clock", "off", [told])


def _embedder(state: EmbedderState) -> Check:
    """Say how the embedding model is; without one rules and the default still decide."""
    model = state.model
    if model is not None:
        detail = f"{model.name}, {model.dimension} numbers a text"
    elif state.fetched_share is not None:
        detail = f"{state.reason}: {state.fetched_share:.0%} fetched"
    else:
        detail = f"{state.reason}; rules and the default decide without it"
    if state.phase is not Phase.FAILED:
        return _check("embedder", detail, [])
    told = problem(
        ProblemCode.EMBEDDER_FAILED,
        f"The embedding model can not be used: {state.reason}",
        "Choose another with `butler setting set embedding.model NAME`, or the shipped one "
        "with `butler setting reset embedding.model`.",
    )
    return _check("embedder", "failed; rules and the default decide without it", [told])


def _proxies() -> Check:
    """Say which proxies the system names; of their addresses only what holds no password."""
    named = {scheme: url for scheme, url in getproxies().items() if scheme in ("http", "https")}
    found = [
        problem(
            ProblemCode.PROXY_UNUSABLE,
            f"The system's proxy for {scheme} is no http:// or https:// address.",
            "Such a proxy is passed over; name another one, or `direct`, at the provider.",
        )
        for scheme, url in named.items()
        if "://" in url and urlsplit(url).scheme not in ("http", "https")
    ]
    shown = [f"{scheme} through {_host(url)}" for scheme, url in sorted(named.items())]
    return _check("proxies", ", ".join(shown) or "none", found)


def _host(url: str) -> str:
    try:
        return urlsplit(url if "://" in url else f"//{url}").hostname or "?"
    except ValueError:
        return "?"


def _check(name: str, detail: str, problems: list[Problem]) -> Check:
    return Check(name=name, ok=not problems, detail=detail, problems=problems)
