"""The admin API tried with what nobody would send: no bug answers, and no status that is not told.

The engine is a real one on real sockets, in a thread with its own loop. What is not tried here
has tests of its own: `shutdown` and `events` end the run, or never end, and whatever reaches for
an address that was made up would leave this machine.
"""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any, Self

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from tests.e2e.house import House
from tests.fakes import Upstream

EXAMPLES = 4
NOT_TRIED = {"shutdown", "events", "providers:test", "providers:models"}
CHECKED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
NAMES = ("acme", "acme/alpha", "everything", "default", "1", "2")
"""What there is, by whatever kind of name a path may take."""


class Living:
    """An engine, configured, in a thread of its own."""

    def __init__(self, directory: Path) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._directory = directory

    def __enter__(self) -> Self:
        self._thread.start()
        self.upstream: Upstream = self.run(Upstream().__aenter__())
        self.house: House = self.run(House(self._directory).__aenter__())
        return self

    def __exit__(self, *_: object) -> None:
        self.run(self.house.__aexit__(None, None, None))
        self.run(self.upstream.__aexit__(None, None, None))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Do something in the engine's loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def furnish(self) -> None:
        """Put a provider, a rule and a token there, whatever the last try has left."""
        await self.house.admin("PUT", "config", {"version": 1})
        await self.house.add(self.upstream)
        await self.house.rule("acme/beta")
        await self.house.admin("POST", "tokens", {"name": "default", "keep_copy": True})


@pytest.fixture(scope="module")
def living(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    with Living(tmp_path_factory.mktemp("schema") / "data") as engine:
        yield engine


@pytest.mark.timeout(120)
def test_nothing_that_can_be_sent_finds_a_bug(living: Living, subtests: pytest.Subtests) -> None:
    headers = {"Authorization": f"Bearer {living.house.engine.admin_token}"}
    url = f"{living.house.engine.admin_url}/api/v1/openapi.json"
    schema = schemathesis.openapi.from_url(url, headers=headers)
    tried = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.path.removeprefix("/api/v1/") in NOT_TRIED:
            continue
        living.run(living.furnish())
        with subtests.test(operation.label):
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                _try(operation, mode, headers)
            tried += 1
    assert tried > 40


def _try(operation: Any, mode: GenerationMode, headers: dict[str, str]) -> None:
    checks = CHECKS.get_by_names(CHECKED)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), name=st.sampled_from(("", *NAMES)))
    def send(case: Any, name: str) -> None:
        if name and "id" in (case.path_parameters or {}):
            case.path_parameters["id"] = name
        case.call_and_validate(headers=headers, checks=checks)

    try:
        send()
    except Unsatisfiable:
        # Nothing can be wrong with a request that has neither parameters nor a body.
        assert mode is GenerationMode.NEGATIVE
