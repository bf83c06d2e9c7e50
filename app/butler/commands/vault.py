"""`butler vault`: where the master key lies, and a new one for everything."""

from typing import Any

from butler.commands.console import complain_of
from butler.commands.exit_codes import EXIT_REFUSED
from butler.commands.job import Job
from butler.commands.parsing import Parser
from butler.contract.problems import Problem

_PLACES = ("os_keyring", "key_file")


def arguments(parser: Parser) -> None:
    """Declare the actions."""
    texts = parser.texts
    actions = parser.actions("vault")
    actions.add("show", _show)
    rotate = actions.add("rotate", _rotate)
    rotate.add_argument("--to", choices=_PLACES, help=texts("option.rotate_to"))
    rotate.add_argument("--alone", action="store_true", help=texts("option.alone"))


async def _show(job: Job) -> int:
    vault = await job.admin.get("vault")
    return _told(job, vault, job.told(vault, "vault.kept_in", source=vault["source"]))


async def _rotate(job: Job) -> int:
    wish = {"source": job.args.to} if job.args.to else {}
    vault = await job.admin.post("vault:rotate", {**wish, "alone": job.args.alone})
    sums = {"source": vault["source"], "number": vault["resealed"]}
    status = _told(job, vault, job.told(vault, "vault.rotated", **sums))
    if vault["unreadable"] and not job.args.json:
        job.told(vault, "vault.unreadable", number=vault["unreadable"])
    return EXIT_REFUSED if vault["unreadable"] else status


def _told(job: Job, vault: dict[str, Any], status: int) -> int:
    """Say besides what is to be said about the place of the key."""
    if not job.args.json:
        complain_of(map(Problem.model_validate, vault["problems"]), job.texts)
    return status
