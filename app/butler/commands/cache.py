"""`butler cache`: what the caches hold, throwing it away, and calling an answer wrong."""

from butler.commands.admin import segment
from butler.commands.job import Job
from butler.commands.parsing import Parser

_MB = 1024 * 1024


def arguments(parser: Parser) -> None:
    """Declare the actions."""
    actions = parser.actions("cache")
    actions.add("show", _show)
    actions.add("clear", _clear)
    reject = actions.add("reject", _reject)
    reject.add_argument("id", metavar="ID")


async def _show(job: Job) -> int:
    state = await job.admin.get("cache")
    exact = state["exact"]
    sums = {**exact, "mb": f"{exact['bytes'] / _MB:.1f}", "of_mb": exact["most_bytes"] // _MB}
    words = [job.texts("cache.exact" if exact["enabled"] else "cache.exact_off", **sums)]
    if exact["would_have_hit"]:
        words.append(job.texts("cache.would_have_hit", number=exact["would_have_hit"]))
    similar = state["semantic"]
    key = "cache.semantic" if similar["enabled"] else "cache.semantic_off"
    words.append(job.texts(key, **similar))
    return job.report(state, "\n".join(words))


async def _clear(job: Job) -> int:
    state = await job.admin.delete("cache")
    return job.told(state, "cache.cleared", number=state["cleared"])


async def _reject(job: Job) -> int:
    told = await job.admin.post(f"requests/{segment(job.args.id)}/reject")
    least = told["least_similarity"]
    if least is None:
        return job.told(told, "cache.rejected_for_good")
    return job.told(told, "cache.rejected", percent=f"{least * 100:.1f}")
