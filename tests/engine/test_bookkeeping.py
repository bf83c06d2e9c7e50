"""What the ledger is told: the baseline, what to keep, and for how long."""

import dataclasses
from decimal import Decimal

from butler.engine.bookkeeping import policy_of, retention_of
from butler.engine.call import Target
from butler.engine.ledger.policy import Bodies, Policy, Retention
from tests.engine.store.records import model, provider
from tests.engine.test_runtime import TWO, compiled

OPENAI = "https://api.openai.com/v1"


def test_nothing_is_wanted_until_the_owner_says_so() -> None:
    runtime = compiled(TWO)
    assert policy_of(runtime) == Policy()
    assert retention_of(runtime) == Retention(requests_days=365, statistics_days=0, bodies_days=7)


def test_as_the_settings_say() -> None:
    runtime = compiled(
        TWO,
        **{"savings.baseline": "acme/alpha", "log.bodies": "full", "log.redact": False},
        **{"log.requests_days": 1, "log.statistics_days": 2, "log.bodies_days": 3},
    )
    policy = policy_of(runtime)
    assert policy.baseline is not None
    assert policy.baseline.target == Target("acme", "alpha")
    assert policy.baseline.base_url == "http://localhost:9/v1"
    assert (policy.bodies, policy.redact) == (Bodies.FULL, False)
    assert runtime.keeps_answers
    assert retention_of(runtime) == Retention(1, 2, 3)


def test_a_baseline_that_is_gone_is_none() -> None:
    assert policy_of(compiled(TWO, **{"savings.baseline": "gone/model"})).baseline is None


def test_the_baseline_brings_its_prices() -> None:
    """The owner's first, then the vendor's, then nothing for what is local."""
    own = {"prices": {"input_usd": "7", "output_usd": "8"}}
    snapshot = dataclasses.replace(
        TWO,
        providers=(provider("prov_1", name="openai", base_url=OPENAI), provider("prov_2")),
        models=(
            model("model_1", name="gpt-4o-mini"),
            model("model_2", name="gpt-4o", details=own),
            model("model_3", name="unheard-of"),
            model("model_4", name="llama", provider_id="prov_2"),
        ),
    )
    found = {}
    for name in ("openai/gpt-4o-mini", "openai/gpt-4o", "openai/unheard-of", "prov_2/llama"):
        baseline = policy_of(compiled(snapshot, **{"savings.baseline": name})).baseline
        assert baseline is not None
        price = baseline.facts.price
        found[name] = None if price is None else (price.source, price.input_usd)
    assert found == {
        "openai/gpt-4o-mini": ("catalogue", Decimal("0.15")),
        "openai/gpt-4o": ("owner", Decimal(7)),
        "openai/unheard-of": None,
        "prov_2/llama": ("local", Decimal(0)),
    }
