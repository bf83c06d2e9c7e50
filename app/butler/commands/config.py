"""`butler config`: the configuration in a file, as YAML or JSON."""

import argparse
from typing import Any

import orjson
import yaml

from butler.commands.admin import Admin, with_engine
from butler.commands.console import complain_of, read_file, say, say_json, write_file
from butler.commands.exit_codes import EXIT_DONE, EXIT_MISUSED, CommandFailed
from butler.commands.parsing import with_json
from butler.commands.texts import tr
from butler.contract.problems import Problem


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    actions = parser.add_subparsers(dest="action", metavar=tr("ACTION"), required=True)
    export = actions.add_parser("export", help=tr("write settings, providers and rules to a file"))
    export.add_argument(
        "file", metavar="FILE", help=tr("JSON where it ends in .json, else YAML; - is the output")
    )
    export.add_argument(
        "--secrets", action="store_true", help=tr("with the API keys, in the clear")
    )
    import_ = actions.add_parser(
        "import", help=tr("make the configuration what a file says; what is not in it goes")
    )
    import_.add_argument("file", metavar="FILE", help=tr("JSON or YAML; - reads the input"))
    with_json(export, import_)


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    if args.action == "export":
        return with_engine(lambda admin: _export(admin, args))
    document = _read(args.file)
    return with_engine(lambda admin: _import(admin, args, document))


def _read(name: str) -> dict[str, Any]:
    raw = read_file(name)
    try:
        document = orjson.loads(raw) if raw.lstrip().startswith(b"{") else yaml.safe_load(raw)
    except (orjson.JSONDecodeError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        sentence = tr("{name} holds no configuration: {reason}.", name=name, reason=reason)
        raise CommandFailed(sentence, EXIT_MISUSED) from None
    if not isinstance(document, dict):
        reason = tr("it is no object")
        sentence = tr("{name} holds no configuration: {reason}.", name=name, reason=reason)
        raise CommandFailed(sentence, EXIT_MISUSED)
    return document


async def _export(admin: Admin, args: argparse.Namespace) -> int:
    document = await admin.get("config" + ("?secrets=true" if args.secrets else ""))
    write_file(args.file, _text(document, as_json=args.json or args.file.endswith(".json")))
    return EXIT_DONE


def _text(document: dict[str, Any], *, as_json: bool) -> bytes:
    if as_json:
        return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    text: str = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)
    return text.encode()


async def _import(admin: Admin, args: argparse.Namespace, document: dict[str, Any]) -> int:
    """Store the document; what is broken in it is told, and stays as it is."""
    stored = await admin.put("config", document)
    if args.json:
        say_json(stored)
        return EXIT_DONE
    told = {part: len(stored.get(part, ())) for part in ("providers", "rules", "settings")}
    say(tr("Stored {providers} providers, {rules} rules and {settings} settings.", **told))
    status = await admin.get("status")
    complain_of(Problem.model_validate(found) for found in status["warnings"])
    return EXIT_DONE
