"""Engine: one process that owns what lives as long as it does; started, drained, stopped."""

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web
from filelock import FileLock
from filelock import Timeout as LockTimeout

from butler import __version__
from butler.contract.engine_file import EngineFile
from butler.contract.places import engine_file
from butler.contract.problems import ProblemCode
from butler.contract.resources import TokenIn, TokenSecret
from butler.engine.admin.app import admin_plane
from butler.engine.admin.changes import Changes
from butler.engine.admin.control import Control, Facts
from butler.engine.admin.kinds import Kinds
from butler.engine.admin.last_used import LastUsed
from butler.engine.admin.tokens import create_token
from butler.engine.assistant.asking import Asking
from butler.engine.bookkeeping import policy_of, retention_of
from butler.engine.builtin import CONDITION_KINDS, DIALECTS, PROVIDER_KINDS, SERVICES
from butler.engine.demo.rules import STARTER_RULES
from butler.engine.demo.upstream import DemoUpstream
from butler.engine.dispatch.dispatcher import Dispatcher
from butler.engine.dispatch.upstream import Upstream
from butler.engine.errors import StartError, problem
from butler.engine.events import EventBus
from butler.engine.http_log import http_logger
from butler.engine.lasting import Lasting, open_lasting
from butler.engine.ledger.recorder import Recorder
from butler.engine.ledger.today import Today, local_midnight
from butler.engine.ledger.upkeep import Upkeep
from butler.engine.ledger.words import WordKeeper
from butler.engine.listening import Place, listen, port_of
from butler.engine.runtime import Compiler
from butler.engine.server.app import data_plane
from butler.engine.server.in_flight import InFlight
from butler.engine.server.serving import Serving
from butler.engine.server.unparsed import JsonRunner
from butler.engine.setting_table import Value
from butler.engine.settings import Settings
from butler.engine.signals.sensitive import mask_secrets
from butler.engine.store import meta, requests, tokens
from butler.engine.store.changes import Follower
from butler.engine.store.database import Conflict, Database
from butler.engine.store.seeds import seed
from butler.engine.store.snapshot import read_snapshot
from butler.engine.vault.master_key import KeySource
from butler.engine.vault.vault import OpenedVault, open_vault, usual_sources
from butler.engine.warming import load, warm_up

_log = logging.getLogger(__name__)
_DRAIN_S = 30.0
_KEEPALIVE_S = 120.0
_LOCK_WAIT_S = 3.0
_FIRST_TOKEN = "default"  # noqa: S105 - a name, not a secret


@dataclass(frozen=True, slots=True)
class StartOptions:
    """How to start: where the data lie, what the caller and the environment say of settings.

    `serving` False starts the admin API alone, on a free port: so the command line works on
    the store when no engine runs.
    """

    data_dir: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    command_line: Mapping[str, Value] = field(default_factory=dict)
    serving: bool = True


class Engine:
    """The running engine. `base_url`, `admin_url` and `admin_token` say where it is."""

    def __init__(self, options: StartOptions) -> None:
        self._options = options
        self._stack = AsyncExitStack()
        self._stopping = asyncio.Event()
        self._in_flight = InFlight()
        self._runners: list[web.AppRunner] = []
        self._sites: list[web.BaseSite] = []
        self.started_at = datetime.now(UTC)
        self.base_url = ""
        self.admin_url = ""
        self.admin_token = secrets.token_urlsafe(32)
        self.first_token: TokenSecret | None = None
        self.log_level = "info"
        self.asking: Asking | None = None

    async def start(self) -> None:
        """Start; raises StartError, leaving nothing open, when it can not run here."""
        async with AsyncExitStack() as stack:
            await self._build(stack)
            self._stack = stack.pop_all()

    async def wait(self) -> None:
        """Wait until somebody asks the engine to stop."""
        await self._stopping.wait()

    def ask_to_stop(self) -> None:
        """Make `wait` return."""
        self._stopping.set()

    async def stop(self) -> None:
        """Accept nothing new, let calls in flight finish (for a while), write all down, close."""
        while self._sites:
            await self._sites.pop().stop()
        for runner in self._runners:
            # A kept connection must not bring new calls either.
            if runner.server is not None:
                runner.server.pre_shutdown()
        await self._drain()
        await self._stack.aclose()

    async def _build(self, stack: AsyncExitStack) -> None:
        options = self._options
        lock = await asyncio.to_thread(_only_one, options.data_dir)
        stack.callback(lock.release)
        address = options.environment.get("BUTLER_DATABASE_URL")
        database = await Database.open(address, options.data_dir)
        stack.push_async_callback(database.close)
        sources = usual_sources(options.data_dir, options.environment)
        vault = await _open_vault(database, sources)
        demo = DemoUpstream()
        await demo.start()
        stack.push_async_callback(demo.stop)
        settings = Settings({}, options.environment, options.command_line)
        await asyncio.to_thread(load)
        lasting = await open_lasting(stack, options.data_dir, vault.vault)
        compiler = Compiler(vault.vault, settings, demo.connection, lasting)
        await _seed(database)
        async with database.connect() as connection:
            runtime = compiler.compile(await read_snapshot(connection))
            self.log_level = runtime.settings.text("log.level") or self.log_level
            totals = await requests.totals_since(connection, local_midnight())
            ever = await tokens.list_all(connection, revoked=True)
        changes = Changes(database, compiler.compile, runtime)
        if options.serving:
            _follow(changes, lasting)
        follower = Follower(database, changes.catch_up)
        follower.start()
        stack.push_async_callback(follower.stop)
        upstream = Upstream()
        stack.push_async_callback(upstream.close)
        control = Control(
            database=database,
            vault=vault.vault,
            changes=changes,
            bus=EventBus(),
            today=Today(totals, local_midnight()),
            facts=self._facts(vault),
            kinds=Kinds(PROVIDER_KINDS),
            starter_rules=STARTER_RULES,
            in_flight=self._in_flight,
            health=lasting.health,
            upstream=upstream,
            ask_to_stop=self.ask_to_stop,
            last_used=LastUsed(database),
            embedding=lasting.embedding,
            similar=lasting.similar,
            exact=lasting.exact,
            arbiter=lasting.arbiter,
            key_sources=sources,
            conditions=tuple(CONDITION_KINDS.values()),
            dialects=DIALECTS,
        )
        control.last_used.start()
        stack.push_async_callback(control.last_used.stop)
        if options.serving:
            await self._serve(stack, control)
        await self._open_admin(stack, control)
        stack.callback(control.bus.close)
        if options.serving and not any(token.name == _FIRST_TOKEN for token in ever):
            await self._make_first_token(control)

    async def _make_first_token(self, control: Control) -> None:
        """Make it once all stands: the token of a start that failed would never be shown."""
        # Another server on this database may have made it a moment ago.
        with suppress(Conflict):
            self.first_token = await create_token(
                control, TokenIn(name=_FIRST_TOKEN, keep_copy=True)
            )

    async def _serve(self, stack: AsyncExitStack, control: Control) -> None:
        database, changes = control.database, control.changes
        upkeep = Upkeep(database, lambda: retention_of(changes.runtime))
        upkeep.start()
        stack.push_async_callback(upkeep.stop)
        words = WordKeeper(database, control.vault.seal, mask_secrets)
        recorder = Recorder(database, control.recorded, lambda: policy_of(changes.runtime), words)
        recorder.start()
        stack.push_async_callback(recorder.stop)
        serving = Serving(
            runtime=lambda: control.changes.runtime,
            dispatcher=Dispatcher(control.upstream, control.health),
            dialects=DIALECTS,
            record=recorder.add,
            in_flight=self._in_flight,
            similar=control.similar,
        )
        self.asking = control.asking = Asking(serving)
        settings = control.changes.runtime.settings
        place = Place(
            "the endpoint",
            settings.text("server.host") or "localhost",
            settings.number("server.port"),
            "--port",
            "BUTLER_PORT",
        )
        sockets = _opened(stack, place)
        # Without cancelling, a client that hangs up leaves its handler, and the bill, running.
        await self._listen(stack, data_plane(serving, SERVICES), sockets, cancelling=True)
        self.base_url = f"http://{_shown(place.host)}:{port_of(sockets[0])}/v1"
        warming = asyncio.get_running_loop().create_task(
            asyncio.to_thread(warm_up, control.changes.runtime), name="warm-up"
        )
        stack.push_async_callback(lambda: warming)

    async def _open_admin(self, stack: AsyncExitStack, control: Control) -> None:
        settings = control.changes.runtime.settings
        place = Place(
            "the admin API",
            settings.text("admin.host") or "localhost",
            settings.number("admin.port") if self._options.serving else 0,
            "--admin-port",
            "BUTLER_ADMIN_PORT",
        )
        sockets = _opened(stack, place)
        self.admin_url = f"http://{_shown(place.host, '127.0.0.1')}:{port_of(sockets[0])}"
        # A change that has begun is finished, whether or not its caller waits for the end.
        plane = admin_plane(control, self.admin_token)
        await self._listen(stack, plane, sockets, cancelling=False)
        control.addresses(self.base_url, self.admin_url)
        if self._options.serving:
            await self._hang_out_door_plate(stack)

    async def _listen(
        self,
        stack: AsyncExitStack,
        app: web.Application,
        sockets: list[socket.socket],
        *,
        cancelling: bool,
    ) -> None:
        runner = JsonRunner(
            app,
            handler_cancellation=cancelling,
            access_log=None,
            logger=http_logger(),
            keepalive_timeout=_KEEPALIVE_S,
            shutdown_timeout=1.0,
        )
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        self._runners.append(runner)
        for opened in sockets:
            site = web.SockSite(runner, opened)
            await site.start()
            self._sites.append(site)

    async def _hang_out_door_plate(self, stack: AsyncExitStack) -> None:
        path = engine_file(self._options.data_dir)
        plate = EngineFile(
            pid=os.getpid(),
            version=__version__,
            admin_url=self.admin_url,
            token=self.admin_token,
            base_url=self.base_url,
            started_at=self.started_at,
        )
        await asyncio.to_thread(_write_private, path, plate.model_dump_json())
        stack.push_async_callback(asyncio.to_thread, path.unlink, missing_ok=True)

    def _facts(self, vault: OpenedVault) -> Facts:
        return Facts(
            data_dir=self._options.data_dir,
            started_at=self.started_at,
            master_key_source=vault.source_name,
            warnings=vault.warnings,
        )

    async def _drain(self) -> None:
        try:
            async with asyncio.timeout(_DRAIN_S):
                await self._in_flight.drained()
        except TimeoutError:
            _log.warning("%d calls did not end in time and are cut", len(self._in_flight))


def _follow(changes: Changes, lasting: Lasting) -> None:
    """Keep what lasts at what the configuration says, from now on."""

    def follow() -> None:
        runtime = changes.runtime
        lasting.follow(runtime.settings, runtime.categories, is_demo=runtime.demo)

    follow()
    changes.listen(lambda _: follow())


def _opened(stack: AsyncExitStack, place: Place) -> list[socket.socket]:
    """Listen, and stop listening where the start fails before a server owns the sockets."""
    sockets = listen(place)
    for opened in sockets:
        stack.callback(opened.close)
    return sockets


async def _open_vault(database: Database, sources: Sequence[KeySource]) -> OpenedVault:
    async with database.begin() as connection:
        # Of several servers on one database only one comes first.
        await meta.lock_revision(connection)
        vault_id = await meta.ensure_vault_id(connection)
        check = await meta.vault_check(connection)
    vault = await open_vault(sources, vault_id, check)
    if check is None:
        async with database.begin() as connection:
            await meta.lock_revision(connection)
            check = await meta.vault_check(connection)
            if check is None:
                await meta.put_vault_check(connection, vault.check)
                return vault
        # Another server was quicker, and its key is the one that counts.
        vault = await open_vault(sources, vault_id, check)
    return vault


async def _seed(database: Database) -> None:
    """Give a new store what it begins with."""
    async with database.begin() as connection:
        await meta.lock_revision(connection)
        await seed(connection)


def _only_one(data_dir: Path) -> FileLock:
    """Take the data directory for this process; raises StartError when another has it."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Taken in one thread and released in another.
        lock = FileLock(data_dir / "engine.lock", timeout=_LOCK_WAIT_S, thread_local=False)
        lock.acquire()
    except LockTimeout:
        raise StartError(
            problem(
                ProblemCode.ALREADY_RUNNING,
                f"Another engine already uses the data directory {data_dir}.",
                "Use that one, stop it, or choose another directory with BUTLER_DATA_DIR.",
            )
        ) from None
    except OSError as error:
        raise StartError(
            problem(
                ProblemCode.DATABASE_UNREADABLE,
                f"The data directory {data_dir} can not be used: {error.strerror}.",
                "Make it writable, or choose another with BUTLER_DATA_DIR.",
            )
        ) from None
    return lock


def _write_private(path: Path, text: str) -> None:
    """Put a file that only its owner may read in the place of an old one, whole at once."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)


def _shown(host: str, instead_of_any: str = "localhost") -> str:
    """Return how a listening address is written in a URL that works on this machine."""
    if host in ("0.0.0.0", "::", "localhost"):  # noqa: S104 - compared, not bound
        return instead_of_any
    return f"[{host}]" if ":" in host else host
