"""Setting providers up: presets and forms, connection tests, listed models, local servers."""

import dataclasses

from aiohttp import web

from butler.contract.connections import (
    ConnectionTest,
    FormField,
    FoundModel,
    FoundServer,
    KindRow,
    PresetRow,
    ProviderDraft,
    TestQuery,
)
from butler.contract.problems import Problem, ProblemCode
from butler.contract.resources import ProviderIn
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import read, read_query, refuse, reply, reply_items
from butler.engine.admin.provider_options import check_options, completed
from butler.engine.admin.provider_records import ProviderForms, find_provider
from butler.engine.admin.routes import Items, Route
from butler.engine.dispatch.probe import Finding, NoList, Probe
from butler.engine.errors import ConfigError, FailureKind, UpstreamError, problem
from butler.engine.providers.base import Connection, Provider
from butler.engine.providers.listing import ListedModel
from butler.engine.providers.presets import Auth, Preset, presets

_MORE_PLACES = {"llamacpp": ("http://localhost:8081/v1",)}
"""Where else a server may be found, beyond its preset's own address."""
_HINTS = {
    FailureKind.CONNECT: "Is the address right, and does the server run?",
    FailureKind.TIMEOUT: "Try again; a model that is loaded first may take a while.",
    FailureKind.KEY_REJECTED: "Enter the API key once more; it must be one of this provider.",
    FailureKind.OUT_OF_CREDIT: "Top up the account at the provider.",
    FailureKind.NO_MODEL: "Choose a model that the provider offers.",
    FailureKind.UNREADABLE: "Is the base URL right, up to and with its /v1?",
}
_CODES = {
    FailureKind.KEY_REJECTED: ProblemCode.KEY_REJECTED,
    FailureKind.OUT_OF_CREDIT: ProblemCode.OUT_OF_CREDIT,
}


class ConnectionsResource:
    """Everything that is asked of a provider before it is used."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._forms = ProviderForms(control.kinds, control.vault)
        self._probe = Probe(control.upstream)

    def routes(self) -> list[Route]:
        """Return the routes."""
        one = "providers/{id}"
        test, models = ConnectionTest, Items(FoundModel)
        return [
            Route("GET", "presets", self._presets, "Well-known vendors.", Items(PresetRow)),
            Route("GET", "provider-kinds", self._kinds, "Kinds and forms.", Items(KindRow)),
            Route("POST", "providers:test", self._test_draft, "Try a draft.", test, ProviderDraft),
            Route(
                "POST",
                "providers:models",
                self._draft_models,
                "What a draft would list.",
                models,
                ProviderDraft,
                refusals=(502,),
            ),
            Route(
                "POST", "providers:discover", self._discover, "Servers here.", Items(FoundServer)
            ),
            Route("POST", one + ":test", self._test, "Try it.", test, query=TestQuery),
            Route("POST", one + ":models", self._models, "What it lists.", models, refusals=(502,)),
        ]

    async def _presets(self, request: web.Request) -> web.Response:
        return reply_items([_preset_row(preset) for preset in presets().values()], self._revision)

    async def _kinds(self, request: web.Request) -> web.Response:
        rows = [
            KindRow(
                id=kind.id,
                title=kind.title,
                dialect=kind.dialect,
                default_url=kind.default_url,
                fields=[FormField(**dataclasses.asdict(field)) for field in kind.fields],
            )
            for kind in self._control.kinds.offered()
        ]
        return reply_items(rows, self._revision)

    async def _test(self, request: web.Request) -> web.Response:
        query = read_query(request, TestQuery)
        provider, names = self._stored(request.match_info["id"])
        model = query.model or next(iter(names), None)
        found = await self._probe.test(provider, model, call=query.call)
        return reply(_test_row(provider, found), self._revision)

    async def _test_draft(self, request: web.Request) -> web.Response:
        draft = await read(request, ProviderDraft)
        try:
            provider = await self._drafted(draft)
        except ConfigError as error:
            return reply(_refused(error), self._revision)
        found = await self._probe.test(provider, draft.model, call=draft.model is not None)
        return reply(_test_row(provider, found), self._revision)

    async def _models(self, request: web.Request) -> web.Response:
        provider, names = self._stored(request.match_info["id"])
        return await self._listed(provider, set(names))

    async def _draft_models(self, request: web.Request) -> web.Response:
        draft = await read(request, ProviderDraft)
        return await self._listed(await self._drafted(draft), set())

    async def _listed(self, provider: Provider, configured: set[str]) -> web.Response:
        try:
            found = await self._probe.models(provider)
        except NoList:
            detail = f"The provider {provider.connection.name} gives no list of its models."
            hint = "Add them by the names that its documentation gives."
            return refuse(502, problem(ProblemCode.PROVIDER_FAILED, detail, hint))
        except UpstreamError as error:
            return refuse(502, _failure(error))
        return reply_items([_found(model, configured) for model in found], self._revision)

    async def _discover(self, request: web.Request) -> web.Response:
        servers = [
            self._local(preset.id, url)
            for preset in presets().values()
            if preset.local and preset.base_url
            for url in (preset.base_url, *_MORE_PLACES.get(preset.id, ()))
        ]
        runs = await self._probe.running([server for server in servers if server is not None])
        return reply_items([self._server(server, names) for server, names in runs], self._revision)

    def _local(self, preset: str, url: str) -> Provider | None:
        """Return a server that may run at a place; None where the place is our own."""
        if any(f":{port}/" in f"{url}/" for port in self._control.own_ports()):
            return None
        kind = presets()[preset].kind
        return self._control.kinds.create(Connection(preset, kind, url, None, {"preset": preset}))

    def _server(self, server: Provider, names: list[str]) -> FoundServer:
        connection = server.connection
        users = (
            record.name
            for record in self._control.changes.runtime.snapshot.providers
            if _root(record.base_url) == _root(connection.base_url)
        )
        return FoundServer(
            preset=connection.name,
            title=presets()[connection.name].title,
            base_url=connection.base_url,
            models=names,
            provider=next(users, None),
        )

    def _stored(self, name: str) -> tuple[Provider, list[str]]:
        """Return a stored provider, enabled or not, with its models; raises NotFound."""
        runtime = self._control.changes.runtime
        if runtime.demo and name == "demo":
            return runtime.providers["demo"], [it.target.model for it in runtime.names.models]
        record = find_provider(runtime.snapshot, name)
        models = [it for it in runtime.snapshot.models if it.provider_id == record.id]
        key = self._forms.key(record)
        connection = Connection(record.name, record.kind, record.base_url, key, record.options)
        enabled_first = sorted(models, key=lambda model: not model.enabled)
        return self._control.kinds.create(connection), [model.name for model in enabled_first]

    async def _drafted(self, draft: ProviderDraft) -> Provider:
        """Return a provider that is not stored; raises ConfigError where it could not be."""
        written = draft.model_dump(exclude={"model"}, exclude_unset=True)
        wanted = completed(ProviderIn(name="draft", models=[], **written))
        kind = wanted.kind or ""
        base_url = self._control.kinds.base_url(kind, wanted.base_url)
        fields = self._control.kinds.fields(kind)
        await check_options(base_url, wanted.options, self._control.own_ports(), fields)
        key = wanted.api_key.get_secret_value().strip() if wanted.api_key else None
        self._forms.sealed("draft", wanted.api_key)
        return self._control.kinds.create(
            Connection("draft", kind, base_url, key or None, wanted.options)
        )

    @property
    def _revision(self) -> int:
        return self._control.changes.runtime.revision


def _root(base_url: str) -> str:
    """Return an address without what tells a server's protocols apart, for comparison alone."""
    return base_url.replace("127.0.0.1", "localhost").rstrip("/").removesuffix("/v1")


def _preset_row(preset: Preset) -> PresetRow:
    return PresetRow(
        id=preset.id,
        title=preset.title,
        kind=preset.kind,
        base_url=preset.base_url,
        example_url=preset.example_url,
        local=preset.local,
        needs_key=preset.auth is not Auth.NONE,
        models=list(preset.models),
        options=list(preset.options),
        key_env=preset.key_env,
        docs_url=preset.docs_url,
    )


def _found(model: ListedModel, configured: set[str]) -> FoundModel:
    return FoundModel(
        name=model.id,
        title=model.title,
        chat=model.is_chat,
        configured=model.id in configured,
        **dict(model.details),
    )


def _test_row(provider: Provider, found: Finding) -> ConnectionTest:
    listed = None if found.listed is None else len(found.listed)
    problems = [] if found.error is None else [_failure(found.error)]
    ok = found.error is None and (found.model is not None or bool(listed))
    return ConnectionTest(
        ok=ok,
        detail=_words(found, listed),
        ms=found.ms,
        listed=listed,
        model=found.model,
        problems=problems,
    )


def _words(found: Finding, listed: int | None) -> str:
    lists = "It gives no list of models" if listed is None else f"It lists {listed} models"
    if found.error is not None:
        return found.error.message
    if found.model is not None:
        return f"{lists}; {found.model} answered a call."
    if listed:
        return f"{lists}."
    return f"{lists}, and there is none to call: name a model to try."


def _failure(error: UpstreamError) -> Problem:
    code = _CODES.get(error.kind, ProblemCode.PROVIDER_FAILED)
    return problem(code, error.message, _HINTS.get(error.kind))


def _refused(error: ConfigError) -> ConnectionTest:
    found = list(error.problems)
    return ConnectionTest(
        ok=False, detail=found[0].detail, ms=0, listed=None, model=None, problems=found
    )
