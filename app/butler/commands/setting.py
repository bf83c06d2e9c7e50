"""`butler setting`: what can be set, what is in force, and where it comes from."""

from typing import Any

import orjson

from butler.commands.job import Job
from butler.commands.parsing import Parser


def arguments(parser: Parser) -> None:
    """Declare the actions."""
    actions = parser.actions("setting")
    actions.add("list", _list)
    change = actions.add("set", _set)
    reset = actions.add("reset", _reset)
    for command in (change, reset):
        command.add_argument("key", metavar="KEY")
    change.add_argument("value", metavar="VALUE", help=parser.texts("option.value"))


async def _list(job: Job) -> int:
    found = (await job.admin.get("settings"))["items"]
    rows = [
        (
            row["key"],
            _shown(row["value"]),
            _source(job, row),
            job.texts.named("setting", row["key"], row["summary"]),
        )
        for row in found
    ]
    return job.listed(found, ("key", "value", "from", "what_it_is"), rows)


async def _set(job: Job) -> int:
    return await _change(job, _read(job.args.value))


async def _reset(job: Job) -> int:
    return await _change(job, None)


async def _change(job: Job, value: object) -> int:
    """Store a value, None for the default; say what is in force, which may be another."""
    key = job.args.key
    found = (await job.admin.patch("settings", {key: value}))["items"]
    (row,) = (row for row in found if row["key"] == key)
    shown, source = _shown(row["value"]), _source(job, row)
    if row["source"] in ("environment", "command line"):
        return job.told(row, "setting.overruled", key=key, value=shown, source=source)
    late = job.admin.serving and row["applies"] == "restart"
    done = "setting.from_next_start" if late else "setting.now"
    return job.told(row, done, key=key, value=shown, source=source)


def _source(job: Job, row: dict[str, Any]) -> str:
    return job.texts.named("source", row["source"].replace(" ", "_"), row["source"])


def _read(text: str) -> object:
    """Return what a word on the command line means: true, false, a number, else itself."""
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        return text
    return value if isinstance(value, bool | int | float) else text


def _shown(value: object) -> str:
    """Return a value as `set` takes it; a dash where there is none."""
    if value is None:
        return "-"
    return value if isinstance(value, str) else orjson.dumps(value).decode()
