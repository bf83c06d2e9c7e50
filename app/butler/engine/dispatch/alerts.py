"""What the owner is told when a model is left alone for a reason that only they can mend."""

from butler.contract.problems import Problem, ProblemCode
from butler.engine.dispatch.breaker import Standing
from butler.engine.errors import FailureKind, problem


def alert_of(standing: Standing) -> Problem | None:
    """Return the problem behind an open breaker; None for one that closes by itself."""
    provider = standing.target.provider
    match standing.kind:
        case FailureKind.KEY_REJECTED:
            return problem(
                ProblemCode.KEY_REJECTED,
                f"{provider} rejects its key for {standing.target.model}: {standing.reason}",
                f"Give it another with `butler provider edit {provider} --key-env VARIABLE`.",
                "api_key",
            )
        case FailureKind.OUT_OF_CREDIT:
            return problem(
                ProblemCode.OUT_OF_CREDIT,
                f"The account at {provider} is out of credit: {standing.reason}",
                "Top it up there, then reset the breaker with `butler breaker reset`.",
            )
        case _:
            return None


def passing(standing: Standing) -> Problem:
    """Return the problem behind an open breaker that is tried again by itself."""
    return problem(
        ProblemCode.BREAKER_OPEN,
        f"{standing.target} is left alone for {standing.left_s:.0f} s: {standing.reason}",
        "Fallbacks answer meanwhile; then it is tried again by itself.",
    )
