"""`butler config`: the configuration in a file, as YAML or JSON."""

import argparse
from typing import Any

import orjson
import yaml

from butler.commands.console import complain_of, read_file, write_file
from butler.commands.exit_codes import EXIT_DONE, EXIT_MISUSED, CommandFailed
from butler.commands.job import Job
from butler.commands.parsing import Parser
from butler.contract.problems import Problem


def arguments(parser: Parser) -> None:
    """Declare the actions."""
    texts = parser.texts
    actions = parser.actions("config")
    export = actions.add("export", _export, json=False)
    export.add_argument("file", metavar="FILE", help=texts("option.export_file"))
    export.add_argument("--secrets", action="store_true", help=texts("option.secrets"))
    export.add_argument("--json", action="store_true", help=texts("option.json"))
    taking_in = actions.add("import", _import, prepare=_read)
    taking_in.add_argument("file", metavar="FILE", help=texts("option.import_file"))


def _read(args: argparse.Namespace) -> dict[str, Any]:
    raw = read_file(args.file)
    try:
        document = orjson.loads(raw) if raw.lstrip().startswith(b"{") else yaml.safe_load(raw)
    except (orjson.JSONDecodeError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise CommandFailed(
            "config.unreadable", EXIT_MISUSED, name=args.file, reason=reason
        ) from None
    if not isinstance(document, dict):
        raise CommandFailed("config.no_object", EXIT_MISUSED, name=args.file)
    return document


async def _export(job: Job) -> int:
    args = job.args
    document = await job.admin.get("config", {"secrets": "true"} if args.secrets else None)
    write_file(args.file, _text(document, as_json=args.json or args.file.endswith(".json")))
    return EXIT_DONE


def _text(document: dict[str, Any], *, as_json: bool) -> bytes:
    if as_json:
        return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    text: str = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)
    return text.encode()


async def _import(job: Job) -> int:
    """Store the document; what is broken in it is told, and stays as it is."""
    stored = await job.admin.put("config", job.given)
    parts = {part: len(stored.get(part, ())) for part in ("providers", "rules", "settings")}
    status = job.told(stored, "config.stored", **parts)
    if not job.args.json:
        warnings = (await job.admin.get("status"))["warnings"]
        complain_of([Problem.model_validate(found) for found in warnings], job.texts)
    return status
