"""What the ledger needs to know of a revision of the configuration."""

from butler.engine.admin.view import AdminRuntime
from butler.engine.call import Target
from butler.engine.ledger.policy import Bodies, Policy, Retention
from butler.engine.ledger.prices import Baseline


def policy_of(runtime: AdminRuntime) -> Policy:
    """Return what the owner wants of the ledger."""
    settings = runtime.settings
    return Policy(
        baseline=_baseline(runtime, settings.text("savings.baseline")),
        bodies=Bodies(settings.text("log.bodies") or Bodies.OFF),
        redact=settings.flag("log.redact"),
    )


def retention_of(runtime: AdminRuntime) -> Retention:
    """Return how long the owner wants to keep what the ledger holds."""
    settings = runtime.settings
    return Retention(
        requests_days=settings.number("log.requests_days"),
        statistics_days=settings.number("log.statistics_days"),
        bodies_days=settings.number("log.bodies_days"),
    )


def _baseline(runtime: AdminRuntime, chosen: str | None) -> Baseline | None:
    """Return the model to compare with; None where it is not configured any more."""
    target = Target.parse(chosen) if chosen else None
    provider = runtime.providers.get(target.provider) if target else None
    if target is None or provider is None:
        return None
    return Baseline(target, provider.connection.base_url, runtime.facts(target))
