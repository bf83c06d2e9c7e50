"""`butler serve`: run the engine until it is told to stop."""

import argparse
import asyncio
import gc
import logging
import os
import signal
from contextlib import suppress

from butler import __version__
from butler.commands.console import complain_of, say
from butler.commands.exit_codes import EXIT_CANNOT_START, EXIT_DONE
from butler.commands.loop import loop_factory
from butler.commands.parsing import Parser
from butler.contract.places import data_dir
from butler.contract.texts import Texts
from butler.engine.engine import Engine, StartOptions
from butler.engine.errors import ConfigError, StartError
from butler.engine.setting_table import BY_KEY, Value
from butler.engine.settings import Settings

_OPTIONS = {
    "host": "server.host",
    "port": "server.port",
    "admin_host": "admin.host",
    "admin_port": "admin.port",
    "log_level": "log.level",
}


def arguments(parser: Parser) -> None:
    """Declare the options; each beats its environment variable and the stored setting."""
    parser.set_defaults(run=run)
    for option, key in _OPTIONS.items():
        setting = BY_KEY[key]
        parser.add_argument(
            "--" + option.replace("_", "-"),
            type=int if setting.type == "int" else str,
            choices=setting.choices,
            help=parser.texts.named("setting", key, setting.summary),
        )


def run(args: argparse.Namespace, texts: Texts) -> int:
    """Serve."""
    options = StartOptions(data_dir(), dict(os.environ), _command_line(args))
    try:
        # A stored level counts as soon as the store is open.
        level = Settings({}, options.environment, options.command_line).text("log.level")
    except ConfigError as error:
        complain_of(error.problems, texts)
        return EXIT_CANNOT_START
    logging.basicConfig(
        level=(level or "info").upper(), format="%(asctime)s %(levelname)-7s %(name)s: %(message)s"
    )
    # The migration tool's progress is of no use here; the driver's debugging shows stored values.
    for library in ("alembic", "aiosqlite"):
        logging.getLogger(library).setLevel(logging.WARNING)
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        return runner.run(_serve(options, texts))


def _command_line(args: argparse.Namespace) -> dict[str, Value]:
    given = {key: getattr(args, option, None) for option, key in _OPTIONS.items()}
    return {key: value for key, value in given.items() if value is not None}


async def _serve(options: StartOptions, texts: Texts) -> int:
    engine = Engine(options)
    try:
        await engine.start()
    except (StartError, ConfigError) as error:
        complain_of(error.problems, texts)
        return EXIT_CANNOT_START
    logging.getLogger().setLevel(engine.log_level.upper())
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM"):
        # Windows' loop takes no signal handlers; there Ctrl-C raises KeyboardInterrupt.
        with suppress(NotImplementedError):
            loop.add_signal_handler(getattr(signal, name), engine.ask_to_stop)
    _welcome(engine, texts)
    # What was loaded by now stays: the collector need not look at it again and again.
    gc.collect()
    gc.freeze()
    # A call makes a few hundred objects and no cycles worth looking for every few calls.
    gc.set_threshold(20_000, 50, 100)
    try:
        await engine.wait()
    finally:
        await engine.stop()
    return EXIT_DONE


def _welcome(engine: Engine, texts: Texts) -> None:
    say(texts("serve.serves", version=__version__, url=engine.base_url))
    if engine.first_token is None:
        say(texts("serve.token_hint"))
        return
    say()
    say(texts("serve.first_token"))
    say(f"  export OPENAI_BASE_URL={engine.base_url}")
    say(f"  export OPENAI_API_KEY={engine.first_token.token}")
    say(texts("serve.ask_auto"))
