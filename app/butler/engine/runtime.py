"""Runtime: one revision of the configuration, compiled, immutable, swapped as a whole.

What is broken in the configuration (a rule without a living target, a provider whose key does
not open) is left out and listed in `problems`; the rest goes on.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from butler.contract import resources
from butler.contract.problems import Problem, ProblemCode
from butler.engine.admin.kinds import Kinds
from butler.engine.arbiter.choice import Choice
from butler.engine.builtin import (
    CONDITION_KINDS,
    PROVIDER_KINDS,
    Arbitration,
    Chain,
    Sticking,
    routing,
    service_routing,
)
from butler.engine.caches.exact.generation import generation_of, generations_by_target
from butler.engine.caches.similar.question import Manners
from butler.engine.call import (
    NO_FACTS,
    Caller,
    EmbedderView,
    LiveView,
    ModelFacts,
    Target,
    Timeouts,
)
from butler.engine.demo.rules import CHEAP_TARGET, STARTER_RULES, STRONG_TARGET
from butler.engine.errors import ConfigError, VaultError, problem
from butler.engine.lasting import Lasting
from butler.engine.leading import (
    Problems,
    categories_of,
    defaults_of,
    led_somewhere,
    missing_target,
    service_defaults_of,
)
from butler.engine.model_facts import demo_facts, facts_of, makers, thinking_of
from butler.engine.patience import Patience
from butler.engine.providers import demo
from butler.engine.providers.base import Connection, Provider
from butler.engine.routing.categories import Category
from butler.engine.routing.conditions.base import Compiling
from butler.engine.routing.conditions.requested_model import names_asked_for
from butler.engine.routing.defaults import Defaults
from butler.engine.routing.groups import GroupReader
from butler.engine.routing.layers.exact_cache import Caching, ExactPolicy
from butler.engine.routing.layers.semantic import Understanding
from butler.engine.routing.layers.semantic_cache import Similarity
from butler.engine.routing.names import KnownModel, NameBook
from butler.engine.routing.router import Router
from butler.engine.routing.rules import CompiledRule, RuleSpec, compile_rule, in_order
from butler.engine.routing.services import Services
from butler.engine.routing.stickiness import Stickiness
from butler.engine.settings import Settings
from butler.engine.store.providers import ProviderRecord
from butler.engine.store.rules import RuleRecord
from butler.engine.store.snapshot import Snapshot
from butler.engine.store.tokens import TokenRecord
from butler.engine.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Runtime:
    """One compiled revision. `problems` are those of stored records, by their id."""

    revision: int
    settings: Settings
    timeouts: Timeouts
    patience: Patience
    routing_enabled: bool
    paused: bool
    allowed_hosts: frozenset[str]
    allowed_origins: frozenset[str]
    tokens: Mapping[bytes, Caller]
    names: NameBook
    providers: Mapping[str, Provider]
    rules: tuple[CompiledRule, ...]
    categories: tuple[Category, ...]
    router: Router
    defaults: Defaults
    demo: bool
    snapshot: Snapshot
    problems: Mapping[str, tuple[Problem, ...]]
    local_only: bool
    keeps_answers: bool
    live: LiveView
    embedder: EmbedderView
    embedding_budget_ms: float
    services: Services
    known_facts: Mapping[Target, ModelFacts] = field(default_factory=dict)

    @property
    def default_target(self) -> Target | None:
        """What answers when no other layer decides."""
        return self.defaults.usual

    def facts(self, target: Target) -> ModelFacts:
        """What is known of a target; NO_FACTS of one that nobody has described."""
        return self.known_facts.get(target, NO_FACTS)


class Compiler:
    """Builds Runtimes from snapshots of the store."""

    def __init__(
        self, vault: Vault, settings: Settings, pretend: Connection, lasting: Lasting
    ) -> None:
        self._vault = vault
        self._lasting = lasting
        self._settings = settings
        self._demo = pretend

    def compile(self, snapshot: Snapshot) -> Runtime:
        """Compile one revision; raises ConfigError only for settings that do not fit."""
        problems: Problems = {}
        settings = self._settings.with_stored(snapshot.settings)
        is_demo = not snapshot.providers
        providers = self._demo_providers() if is_demo else self._providers(snapshot, problems)
        models = _demo_models() if is_demo else _models(snapshot, providers)
        names = NameBook(models, _asked_names(snapshot), _names_for_auto(settings))
        rules = _rules(snapshot, names, problems)
        if is_demo:
            rules = in_order([*rules, *_starter_rules()])
        facts = demo_facts() if is_demo else facts_of(snapshot, providers)
        defaults = defaults_of(settings, names, problems, facts)
        categories = categories_of(snapshot, names, problems)
        if is_demo:
            categories = tuple(map(led_somewhere, categories))
        arbitration = Arbitration(self._lasting.arbiter, Choice.of(settings), categories)
        sticking = self._sticking(settings, names)
        similarity = self._similarity(settings, names, snapshot)
        understanding = self._understanding(settings, categories)
        chain = Chain(
            rules=rules,
            defaults=defaults,
            sticking=sticking,
            arbitration=arbitration,
            similarity=similarity,
            understanding=understanding,
            exact=self._exact(settings, names, snapshot),
        )
        return Runtime(
            revision=snapshot.revision,
            settings=settings,
            timeouts=settings.timeouts(),
            patience=settings.patience(),
            routing_enabled=settings.flag("routing.enabled"),
            paused=settings.flag("server.paused"),
            allowed_hosts=settings.names("server.allowed_hosts"),
            allowed_origins=settings.names("server.allowed_origins"),
            tokens={token.hash: _caller(token) for token in snapshot.tokens},
            names=names,
            providers=providers,
            rules=rules,
            categories=categories,
            router=routing(chain),
            defaults=defaults,
            demo=is_demo,
            snapshot=snapshot,
            problems=problems,
            local_only=settings.flag("privacy.local_only"),
            keeps_answers=settings.text("log.bodies") == "full",
            live=self._lasting.health,
            embedder=self._lasting.embedding.embedder,
            embedding_budget_ms=settings.number("embedding.budget_ms"),
            known_facts=facts,
            services=_services(settings, names, problems, facts, rules),
        )

    def _understanding(self, settings: Settings, categories: tuple[Category, ...]) -> Understanding:
        return Understanding(
            categories,
            self._lasting.meanings,
            settings.flag("semantic.enabled"),
            settings.number("semantic.least_percent") / 100,
        )

    def _sticking(self, settings: Settings, names: NameBook) -> Sticking:
        stickiness = Stickiness(
            settings.flag("routing.sticky"),
            settings.number("routing.sticky_idle_s"),
            settings.number("routing.sticky_least_tokens"),
        )
        return Sticking(
            self._lasting.pins, frozenset(model.target for model in names.models), stickiness
        )

    def _similarity(self, settings: Settings, names: NameBook, snapshot: Snapshot) -> Similarity:
        keeps_after_edits = settings.flag("cache.keep_after_edits")
        manners = Manners(
            enabled=settings.flag("cache.semantic"),
            ttl_s=settings.number("cache.semantic_ttl_s"),
            least=settings.number("cache.semantic_similarity_percent") / 100,
            shared=settings.text("cache.scope") == "shared",
            temperature=settings.flag("cache.temperature"),
            normalise=settings.flag("cache.normalise"),
            generation="" if keeps_after_edits else generation_of(snapshot, settings),
        )
        return Similarity(
            self._lasting.similar,
            manners,
            frozenset(model.target for model in names.models),
            settings.number("embedding.budget_ms"),
        )

    def _exact(self, settings: Settings, names: NameBook, snapshot: Snapshot) -> Caching:
        policy = ExactPolicy.of(settings, generation_of(snapshot, settings))
        living = frozenset(model.target for model in names.models)
        by_target = generations_by_target(snapshot)
        return Caching(self._lasting.exact, policy, living, by_target)

    def _demo_providers(self) -> Mapping[str, Provider]:
        return {self._demo.name: PROVIDER_KINDS[self._demo.kind].create(self._demo)}

    def _providers(self, snapshot: Snapshot, problems: Problems) -> Mapping[str, Provider]:
        providers: dict[str, Provider] = {}
        for record in snapshot.providers:
            try:
                provider = self._provider(record)
            except (ConfigError, VaultError) as error:
                problems[record.id] = error.problems
                continue
            if record.enabled:
                providers[record.name] = provider
        return providers

    def _provider(self, record: ProviderRecord) -> Provider:
        kind = PROVIDER_KINDS.get(record.kind) if record.kind != demo.KIND.id else None
        if kind is None:
            known = ", ".join(id_ for id_ in PROVIDER_KINDS if id_ != "demo")
            raise ConfigError(
                problem(
                    ProblemCode.UNKNOWN_KIND,
                    f"{record.kind!r} is no kind of provider.",
                    f"The kinds are {known}.",
                    "kind",
                )
            )
        key = None
        if record.key_envelope is not None:
            key = self._vault.open(Kinds.key_record(record.id), record.key_envelope).decode()
        return kind.create(
            Connection(record.name, record.kind, record.base_url, key, record.options)
        )


def _demo_models() -> list[KnownModel]:
    return [KnownModel(CHEAP_TARGET), KnownModel(STRONG_TARGET)]


def _services(
    settings: Settings,
    names: NameBook,
    problems: Problems,
    facts: Mapping[Target, ModelFacts],
    rules: Sequence[CompiledRule],
) -> Services:
    defaults = service_defaults_of(settings, names, problems)
    images = settings.flag("routing.image_generation")
    made_by = makers(names.models, facts)
    return Services(defaults, made_by, service_routing(defaults, rules), images=images)


def _caller(token: TokenRecord) -> Caller:
    return Caller(
        token.id,
        token.name,
        token.expires_at,
        tuple(token.allowed_models),
        token.requests_per_minute,
    )


def _models(snapshot: Snapshot, providers: Mapping[str, Provider]) -> list[KnownModel]:
    """Return the enabled models in the owner's order: by provider, then within it."""
    return [
        KnownModel(Target(provider.name, model.name), model.alias)
        for provider in snapshot.providers
        if provider.name in providers
        for model in snapshot.models
        if model.provider_id == provider.id and model.enabled
    ]


def _names_for_auto(settings: Settings) -> frozenset[str]:
    if settings.text("routing.unknown_models") == "auto":
        return frozenset({"*"})
    return settings.names("routing.auto_names")


def _asked_names(snapshot: Snapshot) -> Iterator[str]:
    for record in snapshot.rules:
        if record.enabled:
            yield from names_asked_for(record.conditions)


def _rules(snapshot: Snapshot, names: NameBook, problems: Problems) -> tuple[CompiledRule, ...]:
    reader = GroupReader(CONDITION_KINDS, Compiling())
    rules: list[CompiledRule] = []
    for record in snapshot.rules:
        labels = [target.label for target in record.targets]
        living = tuple(names.names[label] for label in labels if label in names.names)
        missing = tuple(
            missing_target(label, names, f"fallbacks[{at - 1}]" if at else "target")
            for at, label in enumerate(labels)
            if label not in names.names
        )
        spec = RuleSpec(
            record.id,
            record.name,
            record.priority,
            record.conditions,
            living,
            thinking_of(_stored_thinking(record)),
            record.cap_price,
            tuple(label for label in labels if label not in names.names),
        )
        if missing:
            problems[record.id] = missing
        try:
            rule = compile_rule(spec, reader)
        except ConfigError as error:
            problems[record.id] = (*error.problems, *missing)
            continue
        if record.enabled:
            rules.append(rule)
    return in_order(rules)


def _stored_thinking(record: RuleRecord) -> resources.Thinking | None:
    given = record.thinking
    return None if given is None else resources.Thinking.model_validate(given, strict=False)


def _starter_rules() -> list[CompiledRule]:
    reader = GroupReader(CONDITION_KINDS, Compiling())
    return [compile_rule(spec, reader) for spec in STARTER_RULES]
