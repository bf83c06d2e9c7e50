"""`butler cache`: what the caches hold and have saved, and throwing it away."""

from butler.commands.job import Job
from butler.commands.parsing import Parser

_MB = 1024 * 1024


def arguments(parser: Parser) -> None:
    """Declare the actions."""
    actions = parser.actions("cache")
    actions.add("show", _show)
    actions.add("clear", _clear)


async def _show(job: Job) -> int:
    state = await job.admin.get("cache")
    exact = state["exact"]
    sums = {**exact, "mb": f"{exact['bytes'] / _MB:.1f}", "of_mb": exact["most_bytes"] // _MB}
    words = [job.texts("cache.exact" if exact["enabled"] else "cache.exact_off", **sums)]
    if exact["would_have_hit"]:
        words.append(job.texts("cache.would_have_hit", number=exact["would_have_hit"]))
    return job.report(state, "\n".join(words))


async def _clear(job: Job) -> int:
    state = await job.admin.delete("cache")
    return job.told(state, "cache.cleared", number=state["cleared"])
