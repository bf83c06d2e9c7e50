"""One revision compiled: what is broken is left out and listed, the rest goes on."""

import dataclasses
from typing import Any

import pytest

from butler.contract.problems import ProblemCode
from butler.engine.admin.kinds import Kinds
from butler.engine.call import Caller, Target
from butler.engine.errors import ClientError, ConfigError
from butler.engine.providers.base import Connection
from butler.engine.runtime import Compiler, Runtime
from butler.engine.settings import Settings
from butler.engine.store.providers import ProviderRecord
from butler.engine.store.rules import RuleRecord
from butler.engine.store.snapshot import Snapshot
from butler.engine.store.targets import StoredTarget
from butler.engine.vault.vault import Vault
from tests.engine.empty import lasting
from tests.engine.store.records import category, model, provider, token
from tests.engine.store.records import rule as stored_rule

VAULT = Vault(bytes(32))
DEMO = Connection("demo", "demo", "http://127.0.0.1:9/v1", "key")
EMPTY = Snapshot(revision=7, settings={}, providers=(), models=(), rules=(), tokens=())
TWO = dataclasses.replace(
    EMPTY,
    providers=(provider("prov_1", name="acme"), provider("prov_2", name="zeta", position=1)),
    models=(
        model("model_1", name="alpha", alias="fast"),
        model("model_2", name="off", enabled=False),
        model("model_3", provider_id="prov_2", name="org/big"),
    ),
    tokens=(token(),),
)
ALPHA, BIG = Target("acme", "alpha"), Target("zeta", "org/big")


def compiled(snapshot: Snapshot, **settings: Any) -> Runtime:
    return Compiler(VAULT, Settings(), DEMO, lasting()).compile(
        dataclasses.replace(snapshot, settings=settings) if settings else snapshot
    )


def to(*labels: str) -> tuple[StoredTarget, ...]:
    return tuple(StoredTarget(None, label) for label in labels)


def codes(runtime: Runtime, id_: str) -> list[str]:
    return [found.code.value for found in runtime.problems.get(id_, ())]


def test_nothing_configured_is_the_demo() -> None:
    runtime = compiled(EMPTY)
    assert (runtime.demo, runtime.revision) == (True, 7)
    assert set(runtime.providers) == {"demo"}
    assert [str(model.target) for model in runtime.names.models] == ["demo/cheap", "demo/strong"]
    assert [rule.id for rule in runtime.rules] == ["demo-hard", "demo-light"]
    assert runtime.default_target == Target("demo", "cheap")


def test_what_is_enabled_is_there_in_the_owners_order() -> None:
    runtime = compiled(TWO)
    assert not runtime.demo
    assert [model.target for model in runtime.names.models] == [ALPHA, BIG]
    assert runtime.names.resolve("fast") == ALPHA
    assert runtime.default_target == ALPHA
    assert dict(runtime.tokens) == {token().hash: Caller("token_1", "token_1")}
    names = [layer.name for layer in runtime.router.layers]
    assert names == [
        *("exact_cache", "direct", "pin", "semantic_cache"),
        *("rules", "semantic", "arbiter", "default"),
    ]
    assert runtime.problems == {}


def test_a_disabled_provider_takes_its_models_along() -> None:
    off = provider("prov_1", name="acme", enabled=False)
    runtime = compiled(dataclasses.replace(TWO, providers=(off, TWO.providers[1])))
    assert set(runtime.providers) == {"zeta"}
    assert runtime.default_target == BIG
    with pytest.raises(ClientError):
        runtime.names.resolve("alpha")


def test_the_owners_default_is_kept_or_missed_but_never_guessed() -> None:
    assert compiled(TWO, **{"routing.default_target": "zeta/org/big"}).default_target == BIG
    runtime = compiled(TWO, **{"routing.default_target": "acme/off"})
    assert runtime.default_target is None
    assert codes(runtime, "routing.default_target") == ["unknown_target"]


def test_settings_reach_their_place() -> None:
    settings: dict[str, Any] = {"routing.enabled": False, "dispatch.idle_timeout_ms": 5_000}
    runtime = compiled(TWO, **settings)
    assert (runtime.routing_enabled, runtime.timeouts.idle_ms) == (False, 5_000)
    with pytest.raises(ConfigError):
        compiled(TWO, **{"dispatch.idle_timeout_ms": "long"})


# --- keys ---


def locked(**said: Any) -> ProviderRecord:
    return provider("prov_1", name="acme", **said)


def with_provider(record: ProviderRecord) -> Runtime:
    return compiled(dataclasses.replace(TWO, providers=(record, TWO.providers[1])))


def test_a_key_opens_for_its_own_record_only() -> None:
    envelope = VAULT.seal(Kinds.key_record("prov_1"), b"sk-secret")
    runtime = with_provider(locked(key_envelope=envelope))
    assert runtime.providers["acme"].connection.api_key == "sk-secret"
    assert "sk-secret" not in repr(runtime)
    moved = with_provider(locked(key_envelope=VAULT.seal(Kinds.key_record("prov_9"), b"sk")))
    assert codes(moved, "prov_1") == [ProblemCode.SECRET_TAMPERED]
    assert set(moved.providers) == {"zeta"}
    assert moved.default_target == BIG


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"key_envelope": b"\x01garbage"}, ProblemCode.SECRET_TAMPERED),
        ({"kind": "of another world"}, ProblemCode.UNKNOWN_KIND),
        ({"base_url": "nowhere"}, ProblemCode.INVALID),
        ({"base_url": "http://[::1"}, ProblemCode.INVALID),
    ],
)
def test_a_broken_provider_is_listed_and_the_rest_goes_on(said: Any, code: str) -> None:
    for enabled in (True, False):
        runtime = with_provider(locked(enabled=enabled, **said))
        assert codes(runtime, "prov_1") == [code]
        assert set(runtime.providers) == {"zeta"}
        assert runtime.problems["prov_1"][0].hint


# --- rules ---


def with_rules(*rules: RuleRecord) -> Runtime:
    return compiled(dataclasses.replace(TWO, rules=rules))


def rule(id_: str, **said: Any) -> RuleRecord:
    return stored_rule(id_, **{"conditions": {"all": [{"kind": "tokens", "min": 0}]}, **said})


def test_rules_are_tried_by_priority_then_age() -> None:
    runtime = with_rules(
        rule("rule_3", priority=5, targets=to("fast")),
        rule("rule_2", priority=900, targets=to("acme/alpha", "zeta/org/big")),
        rule("rule_1", priority=5, targets=to("org/big")),
        rule("rule_0", enabled=False, targets=to("acme/alpha")),
    )
    assert [found.id for found in runtime.rules] == ["rule_2", "rule_1", "rule_3"]
    assert runtime.rules[0].targets == (ALPHA, BIG)
    assert runtime.problems == {}


def test_a_rule_keeps_its_living_targets_and_says_which_are_missing() -> None:
    runtime = with_rules(
        rule("rule_1", targets=to("acme/off", "zeta/org/big")),
        rule("rule_2", targets=to("acme/alhpa")),
    )
    assert [(found.id, found.targets, found.missing) for found in runtime.rules] == [
        ("rule_1", (BIG,), ("acme/off",)),
        ("rule_2", (), ("acme/alhpa",)),
    ]
    assert codes(runtime, "rule_1") == codes(runtime, "rule_2") == ["unknown_target"]
    assert "acme/alpha" in (runtime.problems["rule_2"][0].hint or "")


def test_a_name_that_a_rule_asks_about_is_left_to_the_rules() -> None:
    asked = {"any": [{"kind": "requested_model", "models": ["claude-*"]}]}
    spared = {"none": [{"kind": "requested_model", "models": ["grok-*"]}]}
    off = rule("rule_3", enabled=False, conditions={"kind": "requested_model", "models": ["*"]})
    names = with_rules(
        rule("rule_1", conditions=asked), rule("rule_2", conditions=spared), off
    ).names
    assert names.resolve("claude-haiku-9") is None
    for name in ("grok-9", "qwen"):
        with pytest.raises(ClientError):
            names.resolve(name)


def test_a_rule_that_can_not_be_read_is_listed_even_when_it_is_off() -> None:
    runtime = with_rules(
        rule("rule_1", enabled=False, conditions={"all": [{"kind": "magic"}]}, targets=to("fast")),
        rule("rule_2", conditions={"some": []}, targets=to("nowhere")),
        rule("rule_3", targets=to("fast")),
    )
    assert [found.id for found in runtime.rules] == ["rule_3"]
    assert runtime.problems["rule_1"][0].field
    assert codes(runtime, "rule_2")[-1] == "unknown_target"
    assert len(codes(runtime, "rule_2")) == 2


def test_categories_keep_their_order_and_miss_what_is_gone() -> None:
    stored = (
        category("cat_1", name="law", targets=to("zeta/org/big", "acme/gone")),
        category("cat_2", name="off", enabled=False, targets=to("acme/alpha")),
        category("cat_3", name="tales", targets=to("acme/off")),
    )
    runtime = compiled(dataclasses.replace(TWO, categories=stored))
    assert [(one.name, one.targets, one.missing) for one in runtime.categories] == [
        ("law", (BIG,), ("acme/gone",)),
        ("tales", (), ("acme/off",)),
    ]
    assert codes(runtime, "cat_1") == codes(runtime, "cat_3") == ["unknown_target"]
    assert codes(runtime, "cat_2") == []


def test_a_default_for_images_that_is_gone_is_missed() -> None:
    runtime = compiled(TWO, **{"routing.default_image_target": "acme/gone"})
    assert codes(runtime, "routing.default_image_target") == ["unknown_target"]
    assert runtime.default_target == ALPHA
