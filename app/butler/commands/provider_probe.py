"""`butler provider test|models|presets|discover`: what is asked of providers themselves."""

import argparse
from typing import Any

from butler.commands.admin import Admin, segment, with_engine
from butler.commands.console import complain_of, say, say_json, table
from butler.commands.exit_codes import EXIT_DONE, EXIT_REFUSED
from butler.commands.model import abilities
from butler.commands.parsing import with_json
from butler.commands.texts import tr
from butler.contract.problems import Problem


def arguments(actions: Any) -> None:
    """Declare the sub-commands."""
    test = actions.add_parser("test", help=tr("see whether a provider answers"))
    test.add_argument("name")
    test.add_argument("--model", metavar="ID", help=tr("the model to call"))
    test.add_argument(
        "--call", action="store_true", help=tr("call a model (one token) though a list would do")
    )
    models = actions.add_parser("models", help=tr("list what a provider offers"))
    models.add_argument("name")
    models.add_argument(
        "--all", action="store_true", help=tr("also those that hold no conversation")
    )
    presets = actions.add_parser("presets", help=tr("list the vendors that are known"))
    discover = actions.add_parser("discover", help=tr("find model servers on this machine"))
    with_json(test, models, presets, discover)


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    work = {"test": _test, "models": _models, "presets": _presets, "discover": _discover}
    return with_engine(lambda admin: work[args.action](admin, args))


async def _test(admin: Admin, args: argparse.Namespace) -> int:
    """Try a provider; the exit status is 1 where it does not answer."""
    query = [f"model={segment(args.model)}"] if args.model else []
    query += ["call=true"] if args.call or args.model else []
    found = await admin.post(f"providers/{segment(args.name)}:test?{'&'.join(query)}")
    if args.json:
        say_json(found)
    elif found["ok"]:
        say(f"{found['detail']} ({found['ms']:.0f} ms)")
    else:
        problems = [Problem.model_validate(each) for each in found["problems"]]
        complain_of(problems)
        if not problems:
            say(found["detail"])
    return EXIT_DONE if found["ok"] else EXIT_REFUSED


async def _models(admin: Admin, args: argparse.Namespace) -> int:
    found = (await admin.post(f"providers/{segment(args.name)}:models"))["items"]
    found = [model for model in found if model["chat"] or args.all]
    if args.json:
        say_json(found)
        return EXIT_DONE
    titles = ("MODEL", "IN USE", "CONTEXT", "KNOWN TO DO")
    say(table([tr(title) for title in titles], [_model_row(model) for model in found]))
    return EXIT_DONE


def _model_row(model: dict[str, Any]) -> tuple[str, ...]:
    context = model["context_tokens"]
    guess = "?" if "context_tokens" in model["guessed"] else ""
    used = tr("yes") if model["configured"] else tr("no")
    shown = f"{context:,}{guess}" if context else "-"
    return (model["name"], used, shown, abilities(model) or "-")


async def _presets(admin: Admin, args: argparse.Namespace) -> int:
    found = (await admin.get("presets"))["items"]
    if args.json:
        say_json(found)
        return EXIT_DONE
    titles = ("PRESET", "VENDOR", "BASE URL", "USUAL KEY VARIABLE")
    say(table([tr(title) for title in titles], [_preset_row(row) for row in found]))
    return EXIT_DONE


def _preset_row(row: dict[str, Any]) -> tuple[str, ...]:
    url = row["base_url"] or row["example_url"] or "-"
    return (row["id"], row["title"], url, row["key_env"] or "-")


async def _discover(admin: Admin, args: argparse.Namespace) -> int:
    found = (await admin.post("providers:discover"))["items"]
    if args.json:
        say_json(found)
    elif found:
        say("\n".join(_server(server) for server in found))
    else:
        say(tr("No model server was found on this machine."))
    return EXIT_DONE


def _server(server: dict[str, Any]) -> str:
    models = ", ".join(server["models"]) or tr("no models yet")
    url = server["base_url"]
    command = f"butler provider add NAME --preset {server['preset']} --base-url {url} --model ID"
    used = tr("in use as {name}", name=server["provider"]) if server["provider"] else command
    return f"{server['title']}  {url}  {models}\n    {used}"
